// The owners of the modules in a profile of the main thread: a module that has moved must not count for another owner.
import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { timeByOwner } from '../../tools/bench/main-thread.js';

const root = join(import.meta.dirname, '../..');

/** @param {string} path The module in which one sample of 1 ms was taken. */
function ownersOf(path) {
  const nodes = [{ id: 1, callFrame: { url: `http://127.0.0.1:8080/${path}` } }];
  return Object.entries(timeByOwner({ nodes, samples: [1, 1], timeDeltas: [0, 1_000] })).flatMap(([owner, time]) =>
    time > 0 ? owner : [],
  );
}

for (const [owner, path] of [
  ['storing', 'dist/transfer/store/segment-writer.js'],
  ['storing', 'dist/transfer/store/cache-partial-store.js'],
  ['hashing', 'dist/transfer/integrity/body-check.js'],
  ['hashing', 'dist/transfer/integrity/worker-hasher.js'],
  ['ours', 'dist/transfer/file-body.js'],
  ['ours', 'node_modules/lit-html/lit-html.js'],
  ['page', 'tools/bench/crowd.js'],
]) {
  it(`counts ${path} as ${owner}`, async () => {
    await access(join(root, path));
    assert.deepEqual(ownersOf(path), [owner]);
  });
}
