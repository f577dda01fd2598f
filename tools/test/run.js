// Runs the Node tests of folders or files: node tools/test/run.js [--jobs 2] [--timeout 180] test/e2e test/docs/pages.test.js
// A folder stands for every `*.test.js` below it, so that a new test file runs by itself.
import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** How many files run at once. */
    jobs: { type: 'string', default: '2' },
    /** Limit of one test, in seconds. */
    timeout: { type: 'string', default: '180' },
  },
});

const files = (await Promise.all(positionals.map(testFiles))).flat().sort();
if (files.length === 0) throw new Error(`No test file in ${positionals.join(', ') || 'no folder'}`);

const options = ['--test', `--test-concurrency=${values.jobs}`, `--test-timeout=${Number(values.timeout) * 1_000}`];
spawn(process.execPath, [...options, ...files], { stdio: 'inherit' }).on('exit', (code) => (process.exitCode = code ?? 1));

/** @param {string} path A test file, or a folder. */
async function testFiles(path) {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true });
  return entries.filter((entry) => entry.endsWith('.test.js') && !entry.includes('node_modules')).map((entry) => join(path, entry));
}
