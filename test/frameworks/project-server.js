// The server of a made project, by a script for Node.
import { execFile, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../links/support.js';

/**
 * Angular, Astro and Nuxt refuse Node 20. The package `node` contains a newer one, which its script installs.
 *
 * @param {string} dir
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function newerNode(dir) {
  const options = ['install', '--prefix', dir, '--ignore-scripts=false', '--no-save', '--no-audit', '--no-fund', 'node@22.23.3'];
  await promisify(execFile)('npm', options, { cwd: dir });
  return { PATH: `${join(dir, 'node_modules/node/bin')}${delimiter}${process.env.PATH}` };
}

/**
 * Starts a project's own server.
 *
 * @param {string} project
 * @param {object} options
 * @param {string} options.script
 * @param {string[]} [options.options] The last one is followed by the port, if the environment's is not read.
 * @param {NodeJS.ProcessEnv} options.env
 * @throws Error with the output of a server that ends before it answers.
 */
export async function serveByScript(project, { script, options = [], env }) {
  const port = await freePort();
  const ports = options.at(-1) === '--port' ? [String(port)] : [];
  const server = spawn('node', [script, ...options, ...ports], {
    cwd: project,
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (said += text));
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const url = `http://127.0.0.1:${port}/`;
  await until(`an answer of ${script}`, () => {
    if (server.exitCode !== null) throw new Error(`${script} ended:\n${said}`);
    return fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  });
  return {
    url,
    async close() {
      server.kill();
      await ended;
    },
  };
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}
