// One download of a file at a time: what holds where Web Locks and channels work, refuse, throw or hang.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lockName, platformLock } from '../../../dist/transfer/sharing/file-lock.js';
import { PauseGate } from '../../../dist/transfer/network/pause-gate.js';
import { ProgressChannel } from '../../../dist/transfer/sharing/progress-channel.js';
import { FileLease } from '../../../dist/transfer/sharing/file-lease.js';
import { FakeLocks, never, refusal, settle, stub, TestClock } from '../ports-support.js';

let names = 0;
const newName = () => `lock-${++names}`;
const calm = () => new AbortController().signal;

/** Puts Web Locks in place that other tabs share. */
function originLocks(test) {
  const locks = new FakeLocks();
  stub(test, 'navigator', { value: { locks } });
  return locks;
}

/** Another tab that holds a lock; returns what releases it. */
function otherTab(locks, name) {
  let release;
  void locks.request(name, {}, () => new Promise((resolve) => (release = resolve)));
  return settle().then(() => release);
}

async function stateOf(promise) {
  const state = { settled: false };
  promise.then(
    (value) => Object.assign(state, { settled: true, value }),
    (error) => Object.assign(state, { settled: true, error }),
  );
  await settle();
  return state;
}

const refusals = {
  'are missing': { value: {} },
  'are behind a getter that throws': {
    value: {
      get locks() {
        throw refusal('SecurityError');
      },
    },
  },
  reject: {
    value: { locks: { request: () => Promise.reject(refusal('SecurityError')), query: () => Promise.reject(refusal('SecurityError')) } },
  },
  throw: {
    value: {
      locks: {
        request: () => {
          throw refusal('SecurityError');
        },
        query: () => {
          throw refusal('SecurityError');
        },
      },
    },
  },
};

for (const [what, descriptor] of Object.entries(refusals)) {
  describe(`a file's lock where Web Locks ${what}`, () => {
    it('is granted at once, and to one caller of the realm at a time', async (test) => {
      stub(test, 'navigator', descriptor);
      const [first, second, name] = [platformLock(), platformLock(), newName()];
      const release = await first.acquire(name, calm());
      let waits = 0;
      const waiting = second.acquire(name, calm(), () => (waits += 1));
      assert.equal((await stateOf(waiting)).settled, false);
      assert.equal(waits, 1);
      assert.equal(await first.hasWaiters(name), true);
      assert.equal(await second.tryAcquire(name), undefined);
      release();
      (await waiting)();
      (await second.tryAcquire(name))();
    });

    it('leaves no listener and no place in the queue behind an abort', async (test) => {
      stub(test, 'navigator', descriptor);
      const [lock, name] = [platformLock(), newName()];
      const release = await lock.acquire(name, calm());
      const controller = new AbortController();
      let listeners = 0;
      const { addEventListener, removeEventListener } = controller.signal;
      controller.signal.addEventListener = (...listener) => (
        (listeners += 1),
        Reflect.apply(addEventListener, controller.signal, listener)
      );
      controller.signal.removeEventListener = (...listener) => (
        (listeners -= 1),
        Reflect.apply(removeEventListener, controller.signal, listener)
      );
      const waiting = lock.acquire(name, controller.signal);
      await settle();
      const reason = new Error('enough');
      controller.abort(reason);
      await assert.rejects(waiting, reason);
      if (what === 'are missing') assert.equal(await lock.hasWaiters(name), false);
      release();
      (await lock.acquire(name, controller.signal).catch(() => lock.tryAcquire(name)))();
      // An abort removes its own listener by itself.
      assert.ok(listeners <= 1);
    });
  });
}

describe('a file’s lock where Web Locks hang', () => {
  it('is waited for once, for one second, and a lock that is granted later is released at once', async (test) => {
    const locks = originLocks(test);
    /** @type {(value?: unknown) => void} */
    let answer;
    const late = new Promise((resolve) => (answer = resolve));
    locks.before = () => late;
    const clock = new TestClock();
    const [lock, name] = [platformLock(clock), newName()];
    const acquiring = lock.acquire(name, calm());
    await clock.advance(999);
    assert.equal((await stateOf(acquiring)).settled, false);
    await clock.advance(1);
    const release = await acquiring;
    (await platformLock(clock).acquire(newName(), calm()))();
    answer();
    await settle();
    assert.equal(locks.queues.size, 0);
    release();
    assert.equal(clock.pending, 0);
  });

  it('settles with the caller’s abort meanwhile, and leaves nothing held', async (test) => {
    const locks = originLocks(test);
    /** @type {(value?: unknown) => void} */
    let answer;
    locks.before = () => new Promise((resolve) => (answer = resolve));
    const clock = new TestClock();
    const [lock, name, controller] = [platformLock(clock), newName(), new AbortController()];
    const acquiring = lock.acquire(name, controller.signal);
    await settle();
    controller.abort(new Error('enough'));
    await assert.rejects(acquiring, /enough/);
    answer();
    await settle();
    assert.equal(locks.queues.size, 0);
    locks.before = async () => undefined;
    (await lock.acquire(name, calm()))();
    assert.equal(clock.pending, 0);
  });

  it('is taken to be wanted where the platform does not say who waits', async (test) => {
    const locks = originLocks(test);
    const clock = new TestClock();
    const [lock, name] = [platformLock(clock), newName()];
    const release = await lock.acquire(name, calm());
    locks.before = (operation) => (operation === 'query' ? Promise.reject(refusal('InvalidStateError')) : Promise.resolve());
    assert.equal(await lock.hasWaiters(name), true);
    locks.before = (operation) => (operation === 'query' ? never : Promise.resolve());
    const asking = lock.hasWaiters(name);
    await clock.advance(1_000);
    assert.equal(await asking, true);
    release();
  });
});

describe('a file’s lock where Web Locks work', () => {
  it('waits for another tab, and is released by an abort in whatever moment', async (test) => {
    const locks = originLocks(test);
    const name = newName();
    for (let moment = 0; moment < 40; moment++) {
      const releaseOther = await otherTab(locks, name);
      const controller = new AbortController();
      const acquiring = platformLock().acquire(name, controller.signal);
      const outcome = acquiring.then(
        (release) => release(),
        () => undefined,
      );
      if (moment % 2) releaseOther();
      for (let lease = 0; lease < moment; lease++) await Promise.resolve();
      controller.abort();
      releaseOther();
      await outcome;
      await settle();
      assert.equal(locks.queues.size, 0, `aborted after ${moment} turns`);
    }
  });

  it('goes on alone when the request that waits is refused', async (test) => {
    const locks = originLocks(test);
    const name = newName();
    const releaseOther = await otherTab(locks, name);
    let requests = 0;
    locks.before = async () => {
      if (++requests === 2) throw refusal('InvalidStateError');
    };
    (await platformLock().acquire(name, calm()))();
    releaseOther();
  });

  it('keeps callers of a realm apart though one of them was refused', async (test) => {
    const locks = originLocks(test);
    const name = newName();
    const release = await platformLock().acquire(name, calm());
    locks.before = () => Promise.reject(refusal('InvalidStateError'));
    assert.equal(await platformLock().tryAcquire(name), undefined);
    release();
  });

  it('has a name of its own for each namespace and file', () => {
    const pairs = [
      ['x', 'https://h/?q=:https://z/'],
      ['x:https://h/?q=', 'https://z/'],
      ['', 'x:https://z/'],
      ['x', 'https://z/'],
    ];
    assert.equal(new Set(pairs.map(([namespace, url]) => lockName(namespace, url))).size, pairs.length);
  });
});

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

  it('is given away and taken again without a wait', async () => {
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

  it('is not taken by try while paused or after an abort, not even by one that comes meanwhile', async () => {
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

  it('is taken after a wait by the next caller, which follows until then and not longer', async () => {
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

  it('is not waited for any longer where its holder is silent, and leaves no place in the queue behind', async () => {
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

  it('follows once, where it waits first for a caller and then for another tab', async (test) => {
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

describe('a progress channel', () => {
  it('serves the callers of a page where the platform’s channel throws', async (test) => {
    const broken = {
      'whose constructor throws': class {
        constructor() {
          throw refusal('SecurityError');
        }
      },
      'that throws at each message': class {
        postMessage() {
          throw refusal('InvalidStateError');
        }
      },
      'that is missing': undefined,
    };
    for (const [name, value] of Object.entries(broken)) {
      stub(test, 'BroadcastChannel', { value });
      const channel = ProgressChannel.of(name);
      channel.open();
      const heard = [];
      const unfollow = channel.follow('a', (progress) => heard.push(progress));
      channel.publish({ url: 'a', loaded: 1, total: undefined }, 0);
      unfollow();
      channel.publish({ url: 'a', loaded: 2, total: undefined }, 1_000);
      assert.deepEqual(heard, [{ url: 'a', loaded: 1, total: undefined }], name);
      channel.close();
    }
  });

  it('ignores messages that are none of its own', async (test) => {
    /** @type {any} */
    let channel;
    stub(test, 'BroadcastChannel', {
      value: class {
        constructor() {
          channel = this;
        }
        postMessage() {}
      },
    });
    const heard = [];
    ProgressChannel.of('strange').open();
    ProgressChannel.of('strange').follow('a', (progress) => heard.push(progress));
    for (const data of [null, undefined, 1, 'asks', [], {}, { url: 'a' }]) channel.onmessage({ data });
    channel.onmessage({ data: { url: 'a', loaded: 3, total: 4 } });
    assert.deepEqual(heard, [{ url: 'a', loaded: 3, total: 4 }]);
  });
});
