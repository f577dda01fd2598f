// Runs the Node tests of folders or files: node tools/test/run.js [--sample] test/e2e test/docs/pages.test.js
// A folder stands for every `*.test.js` in it, so that a new test file runs without being listed.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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

const env = values.sample ? { ...process.env, SAMPLE: '1' } : process.env;
// `.ci/run` repeats the failed files, one at a time: see `browsers.js`.
process.exitCode = process.env.REPEAT === '1' ? await runTwice() : await run(files, values.jobs);

/** Runs the files, and those that failed once more. Returns the exit code. */
async function runTwice() {
  const folder = await mkdtemp(join(tmpdir(), 'model-download-tests-'));
  const report = join(folder, 'failures.json');
  const destinations = ['stdout', report].map((path) => `--test-reporter-destination=${path}`);
  const reporters = ['tap', join(import.meta.dirname, 'failures.js')].map((name) => `--test-reporter=${name}`);
  const code = await run(files, values.jobs, [...reporters, ...destinations]);
  const text = await readFile(report, 'utf8').catch(() => '');
  await rm(folder, { recursive: true });
  const first = text === '' ? { failed: 0, files: [] } : JSON.parse(text);
  if (code === 0 || first.files.length === 0) return code;
  const names = first.files.map((/** @type {string} */ file) => relative(process.cwd(), file)).join(', ');
  console.log(`# repeated: ${names}`);
  const second = await run(first.files, '1');
  if (second === 0) console.log(`# unstable, ${first.failed} failed before: ${names}`);
  return second;
}

/**
 * @param {string[]} paths Of test files.
 * @param {string} jobs How many of them run at once.
 * @param {string[]} [reporters] Options of Node.
 * @returns {Promise<number>} The exit code.
 */
function run(paths, jobs, reporters = []) {
  const options = ['--test', `--test-concurrency=${jobs}`, `--test-timeout=${Number(values.timeout) * 1_000}`, ...reporters];
  const child = spawn(process.execPath, [...options, ...paths], { stdio: 'inherit', env });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

/** @param {string} path A test file, or a folder. */
async function testFiles(path) {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true });
  return entries.filter((entry) => entry.endsWith('.test.js') && !entry.includes('node_modules')).map((entry) => join(path, entry));
}
