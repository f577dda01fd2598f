// The lock of a file where Web Locks work, are missing, refuse or hang.
import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { lockName, platformLock } from '../../../dist/transfer/sharing/file-lock.js';
import { calm, never, newName, originLocks, otherTab, refusal, settle, stateOf, stub, TestClock } from '../ports-support.js';

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

    it('leaves no listener and no place in the queue after an abort', async (test) => {
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
      // An abort removes its own listener.
      assert.ok(listeners <= 1);
    });
  });
}

describe('a file’s lock where Web Locks hang', () => {
  it('is awaited once, for one second, and a lock that is granted later is released at once', async (test) => {
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

  it('settles with the caller’s abort meanwhile, and holds nothing', async (test) => {
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

  it('counts as requested by others if the platform cannot report that', async (test) => {
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
  it('waits for another tab, and is released by an abort at any moment', async (test) => {
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

  it('continues alone if the waiting request is refused', async (test) => {
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

  it('separates callers of a realm although one of them was refused', async (test) => {
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
