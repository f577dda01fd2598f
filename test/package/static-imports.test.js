// The files that a module of the package reaches by static imports. Browsers without a bundler load all of them, and esbuild, which
// Angular uses, loads each file that it uses anywhere with the first module that reaches it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

const dist = new URL('../../dist/', import.meta.url);

/**
 * The paths in `dist` of a module and of all that it imports statically.
 *
 * @param {string} path
 */
async function reachedFrom(path) {
  const reached = new Set([new URL(path, dist).href]);
  for (const address of reached) {
    const code = await readFile(new URL(address), 'utf8');
    const lines = code.split('\n').filter((line) => /^(import|export) /.test(line));
    for (const [, specifier = ''] of lines.join('\n').matchAll(/(?:from|import) '(\.[^']+)';/g)) {
      reached.add(new URL(specifier, address).href);
    }
  }
  return [...reached].map((address) => address.slice(dist.href.length));
}

/** A module of each part that only a download needs. */
const DOWNLOAD = ['core/progress/multi-file-progress-tracker.js', 'core/task/download-run.js', 'model/engine.js', 'transfer/file-body.js'];

describe('static imports', () => {
  it('of a download reach its parts', async () => {
    const reached = await reachedFrom('model/engine.js');
    assert.deepEqual(
      DOWNLOAD.filter((path) => !reached.includes(path)),
      [],
    );
  });

  for (const entry of ['define/index.js', 'page/index.js', 'define/model-progress-mini.js']) {
    it(`of ${entry} reach no part of a download`, async () => {
      const reached = await reachedFrom(entry);
      assert.deepEqual(
        DOWNLOAD.filter((path) => reached.includes(path)),
        [],
      );
    });
  }
});
