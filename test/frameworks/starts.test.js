// The start pages whose projects take minutes: `npm run test:frameworks`. Each is created from its page's own samples.
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { until } from '../links/support.js';
import { makeProject } from './start-project.js';
import { downloadFrom } from './start-page.js';
import { openStage, serveFolder } from './stage.js';
import { makeTarballs } from './tarballs.js';

/** A page, a part of it, and the server of its project: a folder of files, or a script for Node. */
const projects = [
  { page: 'bundler', section: 'webpack', files: 'dist' },
  { page: 'bundler', section: 'Parcel', files: 'dist' },
  { page: 'bundler', section: 'esbuild', files: 'dist' },
  { page: 'bundler', section: 'Rollup', files: 'dist' },
  { page: 'next', script: 'node_modules/next/dist/bin/next', options: ['start'] },
  { page: 'nuxt', script: '.output/server/index.mjs' },
  { page: 'sveltekit', script: 'node_modules/vite/bin/vite.js', options: ['preview', '--strictPort', '--host', '127.0.0.1', '--port'] },
  { page: 'astro', files: 'dist' },
  { page: 'angular', files: 'dist/my-app/browser' },
];

let stage;
let folder;
let tarballs;
let env;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-download-starts-'));
  [stage, tarballs, env] = await Promise.all([openStage(), makeTarballs(folder), newerNode(folder)]);
});

after(async () => {
  await stage?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe('a project of the start page for', () => {
  for (const { page, section, files, script, options } of projects) {
    const name = section ?? page;
    it(`${name} builds, and downloads a model over a broken connection`, async () => {
      const dir = join(folder, name);
      await mkdir(dir);
      const project = await makeProject(page, { dir, tarballs, section, env });
      const site = files ? await serveFolder(join(project, files)) : await serveByScript(project, script, options);
      try {
        await downloadFrom(stage, name, site.url);
      } finally {
        await site.close();
        await rm(dir, { recursive: true, force: true, maxRetries: 5 });
      }
    });
  }
});

/**
 * Angular, Astro and Nuxt refuse Node 20. The package `node` contains a newer one, which its script installs.
 *
 * @param {string} dir
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function newerNode(dir) {
  const options = ['install', '--prefix', dir, '--ignore-scripts=false', '--no-save', '--no-audit', '--no-fund', 'node@22.23.3'];
  await promisify(execFile)('npm', options, { cwd: dir });
  return { PATH: `${join(dir, 'node_modules/node/bin')}${delimiter}${process.env.PATH}` };
}

/**
 * Starts a project's own server.
 *
 * @param {string} project
 * @param {string} script
 * @param {string[]} [options] The last one is followed by the port, if the environment's is not read.
 */
async function serveByScript(project, script, options = []) {
  const port = await freePort();
  const ports = options.at(-1) === '--port' ? [String(port)] : [];
  const server = spawn('node', [script, ...options, ...ports], {
    cwd: project,
    env: { ...process.env, ...env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}/`;
  await until(`an answer of ${script}`, () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.once('close', resolve);
        server.kill();
      }),
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
