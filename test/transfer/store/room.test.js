import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { deferred } from '../../../dist/core/internal.js';
import { addSpare, deleteSpare, hasRoomFor, hasSpare, removeSpare, reserveRoom } from '../../../dist/transfer/store/room.js';
import { stub, TestClock } from '../ports-support.js';

const reports = (test, estimate) => stub(test, 'navigator', { value: { storage: { estimate } } });

describe('hasRoomFor', () => {
  it('compares the bytes with the room', async (test) => {
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

  it('has room if that is unknown', async (test) => {
    reports(test, async () => ({}));
    assert.equal(await hasRoomFor(1e15, new TestClock()), true);
  });
});

describe('deleteSpare', () => {
  /** A body that counts its deletions. */
  const bodyOf = (isRead) => {
    const body = { isRead, deletions: 0, delete: async () => void body.deletions++ };
    return body;
  };

  it('deletes the bytes of each added body once, and of no other', async () => {
    const [one, other, kept] = [bodyOf(true), bodyOf(true), bodyOf(true)];
    for (const body of [one, other, kept]) addSpare(body);
    removeSpare(kept);
    await deleteSpare();
    await deleteSpare();
    assert.deepEqual([one.deletions, other.deletions, kept.deletions], [1, 1, 0]);
    assert.equal(hasSpare(), false);
  });

  it('deletes bytes only when they have been read', async () => {
    const body = bodyOf(false);
    addSpare(body);
    await deleteSpare();
    assert.deepEqual([body.deletions, hasSpare()], [0, true]);
    body.isRead = true;
    await deleteSpare();
    assert.equal(body.deletions, 1);
  });
});
