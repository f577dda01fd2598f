// The command for one test file, in the runner of its folder.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { it } from 'node:test';

const root = join(import.meta.dirname, '../..');

/** @param {string[]} files */
function runFile(...files) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/test/file.js', ...files], { cwd: root, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

for (const file of ['test/core/speed/speed-meter.test.ts', 'test/transfer/network/watchdog.test.ts']) {
  it(`runs ${file} in Node`, () => {
    const { status, output } = runFile(file);
    assert.equal(status, 0, output);
    assert.match(output, /^ +\d+ passing/m);
  });
}

it('refuses more than one file, and a file that is not a test', () => {
  for (const files of [[], ['src/index.ts'], ['test/a.test.ts', 'test/b.test.ts']]) {
    const { status, output } = runFile(...files);
    assert.equal(status, 1);
    assert.match(output, /Expected one test file below test\//);
  }
});
