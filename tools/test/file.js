// Runs one test file, whatever runs it: npm run test:file -- test/core/speed/speed-meter.test.ts
// A `.test.ts` runs in the browsers that are installed (BROWSERS=chromium selects), a `.test.js` in Node.
import { spawnSync } from 'node:child_process';

const [file] = process.argv.slice(2);
if (!file?.startsWith('test/')) throw new Error('Name one file below test/');

if (file.endsWith('.ts')) {
  run('npx', ['tsc', '-b']);
  run('npx', ['tsc', '-p', 'test']);
  run('npx', ['wtr'], { FILES: `build/${file.replace(/\.ts$/, '.js')}` });
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
