// Runs the Node tests of folders or files: node tools/test/run.js [--sample] test/e2e test/docs/pages.test.js
// A folder stands for every `*.test.js` in it, so that a new test file runs without being listed.
import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sample } from './sample.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** How many files run at once. */
    jobs: { type: 'string', default: '2' },
    /** Only the files of `sample.js`. */
    sample: { type: 'boolean', default: false },
    /** The limit of one test file, in seconds: a busy machine is several times slower. */
    timeout: { type: 'string', default: '600' },
  },
});

const found = (await Promise.all(positionals.map(testFiles))).flat().sort();
const files = values.sample ? found.filter((file) => sample.includes(file.replaceAll('\\', '/'))) : found;
if (files.length === 0) throw new Error(`No test file in ${positionals.join(', ') || 'no folder'}`);

const options = ['--test', `--test-concurrency=${values.jobs}`, `--test-timeout=${Number(values.timeout) * 1_000}`];
const env = values.sample ? { ...process.env, SAMPLE: '1' } : process.env;
spawn(process.execPath, [...options, ...files], { stdio: 'inherit', env }).on('exit', (code) => (process.exitCode = code ?? 1));

/** @param {string} path A test file, or a folder. */
async function testFiles(path) {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true });
  return entries.filter((entry) => entry.endsWith('.test.js') && !entry.includes('node_modules')).map((entry) => join(path, entry));
}
