import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { deferred } from '../../../dist/core/internal.js';
import { hasRoomFor, reserveRoom } from '../../../dist/transfer/store/room.js';
import { refusal, stub, TestClock } from '../ports-support.js';

const reports = (test, estimate) => stub(test, 'navigator', { value: { storage: { estimate } } });

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
    await clock.advance(250);
    assert.equal(await asked, true);
  });
});
