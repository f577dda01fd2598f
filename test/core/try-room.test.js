import assert from 'node:assert/strict';
import { systemClock } from '../../dist/core/index.js';
import { tryRoom } from '../../dist/core/internal.js';
import { fileSystem } from '../support/file-system.js';
import { describe, it } from '../support/suite.js';
import { refusal, stub, TestClock } from '../transfer/ports-support.js';

/** Replaces the file system; returns the names of its files. */
function install(test, truncate) {
  const names = new Set();
  stub(test, 'navigator', { value: { storage: fileSystem(truncate, names) } });
  return names;
}

describe('tryRoom', () => {
  it('has room for a size that the browser accepts, and leaves no file', async (test) => {
    const tried = [];
    const names = install(test, async (size) => void tried.push([size, names.size]));
    assert.equal(await tryRoom(5, systemClock), true);
    assert.deepEqual([tried, names.size], [[[5, 1]], 0]);
  });

  for (const [name, result] of Object.entries({ QuotaExceededError: false, InvalidStateError: undefined })) {
    it(`is ${result} if the browser rejects the size with ${name}, and leaves no file`, async (test) => {
      const names = install(test, () => Promise.reject(refusal(name)));
      assert.equal(await tryRoom(5, systemClock), result);
      assert.equal(names.size, 0);
    });
  }

  for (const [what, navigator] of Object.entries({
    'no `navigator`': undefined,
    'no storage': {},
    'no file system': { storage: {} },
    'a file system that refuses': { storage: { getDirectory: () => Promise.reject(refusal('SecurityError')) } },
  })) {
    it(`is unknown with ${what}`, async (test) => {
      stub(test, 'navigator', { value: navigator });
      assert.equal(await tryRoom(5, systemClock), undefined);
    });
  }

  it('is unknown if the file system does not respond within a second', async (test) => {
    install(test, () => new Promise(() => undefined));
    const clock = new TestClock();
    const asked = tryRoom(5, clock);
    await clock.advance(1_000);
    assert.equal(await asked, undefined);
  });
});
