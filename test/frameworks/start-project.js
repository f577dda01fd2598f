// A fresh project, made as a start page says: what it gives for a shell is run, what it gives a name is written, in
// the page's order. Nothing else is done.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { samplesOf } from '../docs/samples.js';

const root = join(import.meta.dirname, '../..');

/** Fixed versions instead of `latest`, so that a test does not depend on the day. They ask no questions. docs/versions.md lists them. */
export const creators = {
  'npm create vite@latest': 'npm create --yes vite@9.3.0',
  'npx sv ': 'npx --yes sv@0.17.1 ',
  'npx create-next-app@latest': 'npx --yes create-next-app@16.4.3',
  'npx @angular/cli@latest': 'npx --yes @angular/cli@22.2.7',
};

/** The same for the packages that a page installs without a version. */
export const packages = {
  '@rollup/plugin-node-resolve': '16.0.3',
  astro: '7.3.5',
  esbuild: '0.28.2',
  nuxt: '4.5.2',
  parcel: '2.16.4',
  process: '0.11.10',
  rollup: '4.68.8',
  vite: '8.3.8',
  vue: '3.5.45',
  webpack: '5.113.0',
  'webpack-cli': '7.3.1',
};

const quiet = {
  CI: '1',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_prefer_offline: 'true',
  NEXT_TELEMETRY_DISABLED: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  ASTRO_TELEMETRY_DISABLED: '1',
  NG_CLI_ANALYTICS: 'false',
};

/**
 * Creates, installs and builds the project of a page.
 *
 * @param {string} page Of `docs/start`, without its extension.
 * @param {object} options
 * @param {string} options.dir Where it is made.
 * @param {Record<string, string>} options.tarballs The name of a package → the tarball that is installed in its place.
 * @param {string} [options.section] The heading under which a bundler's part of the page is.
 * @param {Record<string, string>} [options.commands] A part of a command of the page → what is run in its place.
 * @param {NodeJS.ProcessEnv} [options.env]
 * @returns {Promise<string>} The folder of the project.
 */
export async function makeProject(page, { dir, tarballs, section, commands = {}, env = {} }) {
  const steps = await stepsOf(`docs/start/${page}.md`, section);
  const replaced = { ...commands, ...creators };
  await runScript(steps.map((step) => inShell(step, { tarballs, replaced })).join('\n'), dir, env);
  return join(dir, 'my-app');
}

/**
 * The samples before the first heading, and those under one of them.
 *
 * @param {string} path
 * @param {string | undefined} section
 */
async function stepsOf(path, section) {
  const text = await readFile(join(root, path), 'utf8');
  const [start, ...sections] = text.split(/^## /m);
  const own = sections.find((part) => section && part.startsWith(`${section}\n`));
  if (section && !own) throw new Error(`${path} has nothing about ${section}`);
  return samplesOf(path, [start, own].join('\n')).filter(({ language, file }) => language === 'sh' || file);
}

/**
 * @param {import('../docs/samples.js').Sample} step
 * @param {{ tarballs: Record<string, string>, replaced: Record<string, string> }} options
 */
function inShell({ language, file, code }, { tarballs, replaced }) {
  if (language !== 'sh') return `mkdir -p "$(dirname '${file}')"\ncat > '${file}' <<'END_OF_FILE'\n${code}\nEND_OF_FILE`;
  let script = code;
  for (const [command, replacement] of Object.entries(replaced)) script = script.replace(command, replacement);
  const pinned = (word) => tarballs[word] ?? (word in packages ? `${word}@${packages[word]}` : word);
  return script.replace(/^npm install .*/gm, (line) => line.replace(/\S+/g, pinned));
}

/**
 * Runs commands of a project that ask no questions, and no tool reports its use.
 *
 * @param {string} script
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 * @throws Error with the output of a command that fails.
 */
export async function runScript(script, cwd, env) {
  const shell = spawn('bash', ['-e', '-x'], { cwd, env: { ...process.env, ...quiet, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (text) => (said += text));
  // The commands ask no questions: they would read the script as the answer.
  shell.stdin.end(`{\n${script}\n} </dev/null\n`);
  const code = await new Promise((resolve) => shell.once('close', resolve));
  if (code !== 0) throw new Error(`The commands of the page failed:\n${said}`);
}
