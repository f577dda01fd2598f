import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { deferred } from '../../../dist/core/internal.js';
import { fileSystem } from '../../support/file-system.js';
import { MemoryPartialStore } from '../../../dist/transfer/store/memory-partial-store.js';
import { addSpare, deleteSpare, hasRoomFor, reserveRoom } from '../../../dist/transfer/store/room.js';
import { refusal, stub, TestClock } from '../ports-support.js';
import { FILE, segmentOf } from './store-support.js';

/** A browser that reports `estimate`, and accepts the sizes of files as `truncate` does; by default it has no file system. */
const reports = (test, estimate, truncate) =>
  stub(test, 'navigator', { value: { storage: { estimate, ...(truncate && fileSystem(truncate)) } } });

describe('hasRoomFor', () => {
  it('compares the bytes with what the browser reports', async (test) => {
    reports(test, async () => ({ quota: 10, usage: 4 }));
    assert.deepEqual([await hasRoomFor(6, new TestClock()), await hasRoomFor(7, new TestClock())], [true, false]);
  });

  it('counts the bytes of bodies that are being stored, also if that fails', async (test) => {
    reports(test, async () => ({ quota: 10, usage: 4 }));
    for (const end of ['resolve', 'reject']) {
      const storing = deferred();
      const reserving = reserveRoom(2, storing.promise);
      assert.deepEqual([await hasRoomFor(4, new TestClock()), await hasRoomFor(5, new TestClock())], [true, false]);
      storing[end](new Error('of the caller'));
      await reserving.catch(() => undefined);
      assert.equal(await hasRoomFor(6, new TestClock()), true);
    }
  });

  for (const [what, estimate] of Object.entries({
    'reports nothing': async () => ({}),
    rejects: () => Promise.reject(refusal('SecurityError')),
    throws: () => {
      throw refusal('SecurityError');
    },
    'has no such report': undefined,
  })) {
    it(`has room where the browser ${what}`, async (test) => {
      reports(test, estimate);
      assert.equal(await hasRoomFor(1e15, new TestClock()), true);
    });
  }

  it('has room where the browser does not respond in time', async (test) => {
    reports(test, () => new Promise(() => undefined));
    const clock = new TestClock();
    const asked = hasRoomFor(1e15, clock);
    await clock.advance(1_000);
    assert.equal(await asked, true);
  });

  it('has none where a file of that size is refused, whatever the browser reports', async (test) => {
    const tried = [];
    const truncate = async (bytes) => {
      tried.push(bytes);
      throw refusal('QuotaExceededError');
    };
    reports(test, async () => ({ quota: 1e10, usage: 0 }), truncate);
    assert.equal(await hasRoomFor(6, new TestClock()), false);
    const storing = deferred();
    const reserving = reserveRoom(2, storing.promise);
    assert.equal(await hasRoomFor(6, new TestClock()), false);
    storing.resolve();
    await reserving;
    assert.deepEqual(tried, [6, 8]);
  });

  it('has none where the browser reports none, whatever size of a file it accepts', async (test) => {
    reports(
      test,
      async () => ({ quota: 10, usage: 4 }),
      async () => undefined,
    );
    assert.equal(await hasRoomFor(7, new TestClock()), false);
  });

  for (const [what, truncate] of Object.entries({
    'accepts it': async () => undefined,
    'fails otherwise': () => Promise.reject(refusal('InvalidStateError')),
    'does not respond in time': () => new Promise(() => undefined),
  })) {
    it(`has room where the file system ${what}`, async (test) => {
      reports(test, async () => ({}), truncate);
      const clock = new TestClock();
      const asked = hasRoomFor(1e15, clock);
      await clock.advance(1_000);
      assert.equal(await asked, true);
    });
  }
});

describe('deleteSpare', () => {
  it('deletes the added bodies, and no other body of their files', async () => {
    const store = new MemoryPartialStore();
    await store.append(segmentOf('a', 0, 4));
    const { writtenBy } = await store.find(FILE);
    addSpare({ url: FILE, validator: undefined, writtenBy }, store);
    addSpare({ url: 'https://other.example/file', validator: undefined, writtenBy: 'b' }, store);
    await deleteSpare();
    assert.equal(await store.find(FILE), undefined);
    await store.append(segmentOf('a', 0, 4));
    await deleteSpare();
    assert.notEqual(await store.find(FILE), undefined, 'only once');
    addSpare({ url: FILE, validator: undefined, writtenBy: 'another body' }, store);
    await deleteSpare();
    assert.notEqual(await store.find(FILE), undefined);
  });
});
