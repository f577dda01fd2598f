// Runs Web Test Runner with its arguments, then repeats each failed test file alone: node tools/test/browsers.js [arguments]
// `.ci/run` uses it. The run fails if a file fails again. A browser that crashes, or a busy machine, does not fail it. A file that
// passes only when it is repeated is printed as unstable, which is a fault of its tests.
import { spawn } from 'node:child_process';
import { relative } from 'node:path';
import { startTestRunner } from '@web/test-runner';

const root = process.cwd();
const runner = await startTestRunner({ autoExitProcess: false });
if (!runner) throw new Error('Web Test Runner does not start');
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => void runner.stop());
let isCovered = true;
runner.on('test-run-finished', ({ testCoverage }) => (isCovered = testCoverage?.passed ?? true));
const passed = await new Promise((resolve) => runner.on('stopped', resolve));
const failed = failedFiles();
process.exit(passed || (failed.size > 0 && (await repeatAll()) && isCovered) ? 0 : 1);

/** The files of each browser that failed or did not run, as after a crash. */
function failedFiles() {
  /** @type {Map<string, string[]>} */
  const files = new Map();
  for (const { browser, testFile, passed: hasPassed } of runner?.sessions.all() ?? []) {
    if (hasPassed) continue;
    files.set(browser.name, [...(files.get(browser.name) ?? []), relative(root, testFile)]);
  }
  return files;
}

/** Repeats the failed files of each browser, and returns whether all of them passed. */
async function repeatAll() {
  let all = true;
  for (const [browser, files] of failed) {
    if (await repeat(browser, files)) console.log(`\n# unstable in ${browser}: ${files.join(', ')}`);
    else all = false;
  }
  return all;
}

/**
 * @param {string} browser Its name in the report of Web Test Runner.
 * @param {string[]} files
 * @returns {Promise<boolean>} Whether they pass.
 */
async function repeat(browser, files) {
  const engine = { Chrome: 'chromium', Chromium: 'chromium', Firefox: 'firefox', WebKitGTK: 'webkit' }[browser];
  if (engine === undefined) throw new Error(`No engine is called ${browser}`);
  console.log(`\n== repeated in ${browser}: ${files.join(', ')}`);
  const { COVERAGE: _, ...env } = process.env;
  const pattern = files.length === 1 ? files[0] : `{${files.join(',')}}`;
  const child = spawn('npx', ['wtr', '--files', `${pattern}`], { stdio: 'inherit', env: { ...env, BROWSERS: engine } });
  return new Promise((resolve) => child.on('close', (code) => resolve(code === 0)));
}
