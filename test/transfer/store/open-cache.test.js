import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { openCache } from '../../../dist/transfer/store/open-cache.js';
import { FakeCaches, never, stub, TestClock } from '../ports-support.js';
import { refusals } from './store-support.js';

for (const [name, descriptor] of Object.entries(refusals)) {
  describe(`Cache Storage ${name}`, () => {
    it('opens no cache', async (test) => {
      stub(test, 'caches', descriptor);
      assert.equal(await openCache('any'), undefined);
    });
  });
}

describe('Cache Storage that hangs', () => {
  it('is awaited once, for one second', async (test) => {
    stub(test, 'caches', { value: { open: () => never } });
    const clock = new TestClock();
    const [first, second] = [openCache('any', clock), openCache('other', clock)];
    let settled = 0;
    for (const opening of [first, second]) void opening.then(() => (settled += 1));
    await clock.advance(999);
    assert.equal(settled, 0);
    await clock.advance(1);
    assert.deepEqual(await Promise.all([first, second]), [undefined, undefined]);
    assert.equal(await openCache('any', clock), undefined);
    assert.equal(clock.pending, 0);
  });

  it('does not count as missing if the thread was blocked while the response arrived', async (test) => {
    const caches = new FakeCaches();
    /** @type {(value?: unknown) => void} */
    let answer;
    caches.before = () => new Promise((resolve) => (answer = resolve));
    stub(test, 'caches', { value: caches });
    const clock = new TestClock();
    const opening = openCache('any', clock);
    // The timer and the response are both due, and the timer is handled first.
    clock.block(60_000);
    answer();
    assert.ok(await opening);
    await clock.advance(5_000);
    assert.equal(clock.pending, 0);
  });
});
