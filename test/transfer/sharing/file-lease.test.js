import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { PauseGate } from '../../../dist/transfer/network/pause-gate.js';
import { FileLease } from '../../../dist/transfer/sharing/file-lease.js';
import { lockName, platformLock } from '../../../dist/transfer/sharing/file-lock.js';
import { ProgressChannel } from '../../../dist/transfer/sharing/progress-channel.js';
import { calm, newName, originLocks, otherTab, settle, stateOf, TestClock } from '../ports-support.js';

describe('FileLease', () => {
  function newLease({ signal = calm(), gate = new PauseGate(), url = newName() } = {}) {
    const followed = [];
    const clock = new TestClock();
    const options = {
      url,
      gate,
      clock,
      stallTimeout: 1_000,
      signal,
      namespace: 'lease',
      lock: platformLock(),
      channel: ProgressChannel.of('lease'),
      onPause: () => undefined,
      onFollow: (progress) => followed.push(progress),
    };
    return { lease: new FileLease(options), gate, url, followed, options, clock };
  }

  it('is released and acquired again without a wait', async () => {
    const { lease, url } = newLease();
    const other = newLease({ url }).lease;
    assert.equal(await lease.acquire(), false);
    assert.equal(await other.tryAcquire(), false);
    assert.equal(await lease.tryAcquire(), true);
    lease.release();
    assert.equal(await other.tryAcquire(), true);
    assert.equal(await lease.tryAcquire(), false);
    other.release();
    assert.deepEqual(await Promise.all([lease.tryAcquire(), lease.tryAcquire()]), [true, false]);
    assert.equal(await other.tryAcquire(), false);
    lease.release();
    assert.equal(await other.acquire(), false);
    other.release();
  });

  it('is not acquired by tryAcquire() while paused or after an abort, even one that happens meanwhile', async () => {
    const controller = new AbortController();
    const { lease, gate, url } = newLease({ signal: controller.signal });
    gate.close();
    assert.equal(await lease.tryAcquire(), false);
    gate.open();
    const trying = lease.tryAcquire();
    gate.close();
    assert.equal(await trying, false);
    gate.open();
    const last = lease.tryAcquire();
    controller.abort();
    assert.equal(await last, false);
    assert.equal(await newLease({ url }).lease.tryAcquire(), true);
  });

  it('is acquired after a wait by the next caller, which follows only until then', async () => {
    const { lease, url, options } = newLease();
    const next = newLease({ url });
    await lease.acquire();
    const taking = next.lease.acquire();
    await settle();
    assert.equal(next.lease.isFollowing, true);
    options.channel.publish({ url, loaded: 1, total: 2 }, 0);
    lease.release();
    assert.equal(await taking, true);
    options.channel.publish({ url, loaded: 2, total: 2 }, 1_000);
    assert.deepEqual(next.followed, [{ url, loaded: 1, total: 2 }]);
    assert.equal(next.clock.pending, 0);
    next.lease.release();
  });

  it('is not awaited any longer if its holder is silent, and leaves no place in the queue', async () => {
    const { lease, url, options } = newLease();
    const next = newLease({ url });
    await lease.acquire();
    const taking = next.lease.acquire();
    await next.clock.advance(1_400);
    options.channel.publish({ url, loaded: 1, total: 2 }, 0);
    await next.clock.advance(1_400);
    assert.equal((await stateOf(taking)).settled, false);
    await next.clock.advance(300);
    assert.equal(await taking, true);
    assert.equal(next.lease.hasNoLock, true);
    assert.equal(await lease.hasWaiters(), false);
    assert.equal(next.clock.pending, 0);
    lease.release();
  });

  it('follows once if it waits first for a caller and then for another tab', async (test) => {
    const locks = originLocks(test);
    const { lease, url, options } = newLease();
    const next = newLease({ url });
    await lease.acquire();
    const taking = next.lease.acquire();
    await settle();
    const waitingTab = otherTab(locks, lockName('lease', url));
    lease.release();
    const releaseOther = await waitingTab;
    await settle();
    options.channel.publish({ url, loaded: 1, total: 2 }, 0);
    assert.equal(next.followed.length, 1);
    releaseOther();
    assert.equal(await taking, true);
    next.lease.release();
  });
});
