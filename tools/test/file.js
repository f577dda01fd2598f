// Runs one test file: npm run test:file -- test/core/speed/speed-meter.test.ts
// A `.test.js` runs in Node, and so does a `.test.ts` of `core` and `transfer`; another `.test.ts` runs in the installed browsers, of
// which BROWSERS=chromium selects one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const [file, ...more] = process.argv.slice(2);
if (!file?.startsWith('test/') || more.length > 0) throw new Error(`Expected one test file below test/, got ${[file, ...more].join(' ')}`);

if (!existsSync(file)) throw new Error(`Expected a test file, found no ${file}`);

if (file.endsWith('.ts')) {
  run('npx', ['tsc', '-b']);
  run('npx', ['tsc', '-p', 'test']);
  const compiled = `build/${file.replace(/\.ts$/, '.js')}`;
  // The configurations of mocha list whole folders.
  if (/^build\/test\/(core|transfer\/(?!browser))\b/.test(compiled)) run('npx', ['mocha', '--no-config', '--timeout', '120000', compiled]);
  else run('npx', ['wtr'], { FILES: compiled });
} else {
  run('npm', ['run', '-s', 'build']);
  run(process.execPath, ['tools/test/run.js', '--jobs', '1', file]);
}

/**
 * Ends this process with the command's exit code if that is not 0.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}
