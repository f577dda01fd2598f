// Runs one test file: npm run test:file -- test/core/speed/speed-meter.test.ts
// A `.test.js`, and a `.test.ts` of core, runs in Node; another `.test.ts` in the installed browsers, of which
// BROWSERS=chromium selects one.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
if (!file?.startsWith('test/')) throw new Error(`Expected a test file below test/, got ${file}`);

if (file.endsWith('.ts')) {
  run('npx', ['tsc', '-b']);
  run('npx', ['tsc', '-p', 'test']);
  const compiled = `build/${file.replace(/\.ts$/, '.js')}`;
  const { timeout } = JSON.parse(readFileSync('.mocharc.json', 'utf8'));
  if (compiled.startsWith('build/test/core/')) run('npx', ['mocha', '--no-config', '--timeout', String(timeout), compiled]);
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
