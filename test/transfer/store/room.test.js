import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { deferred } from '../../../dist/core/internal.js';
import { MemoryPartialStore } from '../../../dist/transfer/store/memory-partial-store.js';
import { addSpare, deleteSpare, hasRoomFor, reserveRoom } from '../../../dist/transfer/store/room.js';
import { refusal, stub, TestClock } from '../ports-support.js';
import { FILE, segmentOf } from './store-support.js';

/** A store that answers as `trial` does, and a clock. */
const port = ({ trial = async () => undefined, clock = new TestClock() } = {}) => ({
  store: Object.assign(new MemoryPartialStore(), { hasRoomFor: trial }),
  clock,
});

const reports = (test, estimate) => stub(test, 'navigator', { value: { storage: { estimate } } });

describe('hasRoomFor', () => {
  it('compares the bytes with what the browser reports', async (test) => {
    reports(test, async () => ({ quota: 10, usage: 4 }));
    assert.deepEqual([await hasRoomFor(6, port()), await hasRoomFor(7, port())], [true, false]);
  });

  it('counts the bytes of bodies that are being stored, also if that fails', async (test) => {
    reports(test, async () => ({ quota: 10, usage: 4 }));
    for (const end of ['resolve', 'reject']) {
      const storing = deferred();
      const reserving = reserveRoom(2, storing.promise);
      assert.deepEqual([await hasRoomFor(4, port()), await hasRoomFor(5, port())], [true, false]);
      storing[end](new Error('of the caller'));
      await reserving.catch(() => undefined);
      assert.equal(await hasRoomFor(6, port()), true);
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
      assert.equal(await hasRoomFor(1e15, port()), true);
    });
  }

  it('has room where the browser does not respond in time', async (test) => {
    reports(test, () => new Promise(() => undefined));
    const clock = new TestClock();
    const asked = hasRoomFor(1e15, port({ clock }));
    await clock.advance(250);
    assert.equal(await asked, true);
  });

  it('has none where the store cannot get it, whatever the browser reports', async (test) => {
    reports(test, async () => ({ quota: 1e10, usage: 0 }));
    const tried = [];
    const trial = async (bytes) => (tried.push(bytes), false);
    assert.equal(await hasRoomFor(6, port({ trial })), false);
    const reserving = reserveRoom(2, new Promise(() => undefined));
    assert.equal(await hasRoomFor(6, port({ trial })), false);
    void reserving;
    assert.deepEqual(tried, [6, 8]);
  });

  it('has none where the browser reports none, whatever the store can get', async (test) => {
    reports(test, async () => ({ quota: 10, usage: 4 }));
    assert.equal(await hasRoomFor(7, port({ trial: async () => true })), false);
  });

  for (const [what, trial] of Object.entries({
    'does not know it': async () => undefined,
    rejects: () => Promise.reject(new Error('no')),
    throws: () => {
      throw new Error('no');
    },
    'does not respond in time': () => new Promise(() => undefined),
  })) {
    it(`has room where the store ${what}`, async (test) => {
      reports(test, async () => ({}));
      const clock = new TestClock();
      const asked = hasRoomFor(1e15, port({ trial, clock }));
      await clock.advance(250);
      assert.equal(await asked, true);
    });
  }

  it('needs no trial from a store of the page', async (test) => {
    reports(test, async () => ({}));
    assert.equal(await hasRoomFor(1e15, { store: new MemoryPartialStore(), clock: new TestClock() }), true);
  });
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
