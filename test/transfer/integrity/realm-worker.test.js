import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { stub } from '../ports-support.js';

let realms = 0;

/** The module in a realm of its own, since a realm remembers that workers are refused, and the workers that were started there. */
async function open(test, react = (worker) => worker.onmessage({ data: { ready: true } })) {
  const started = [];
  class FakeWorker {
    isTerminated = false;
    requests = [];
    onmessage;
    onerror;
    constructor() {
      started.push(this);
      queueMicrotask(() => react(this));
    }
    postMessage(request) {
      this.requests.push(request);
    }
    terminate() {
      this.isTerminated = true;
    }
    fail() {
      this.onerror({ message: 'failed', preventDefault: () => undefined });
    }
  }
  stub(test, 'Worker', { value: FakeWorker });
  stub(test, 'location', { value: new URL(import.meta.url) });
  const { RealmWorker } = await import(`../../../dist/transfer/integrity/realm-worker.js?realm=${++realms}`);
  return { RealmWorker, started };
}

describe('RealmWorker', () => {
  it('starts one worker for all, which runs once it has replied', async (test) => {
    const { RealmWorker, started } = await open(test);
    const one = new RealmWorker();
    assert.equal(one.running, undefined);
    const both = [one.start(), one.start()];
    assert.equal(one.running, undefined, 'while it starts');
    const [first, second] = await Promise.all(both);
    assert.ok(first && first === second && first === one.running);
    assert.equal(started.length, 1);
  });

  it('does not share its worker with another one', async (test) => {
    const { RealmWorker, started } = await open(test);
    const workers = [new RealmWorker(), new RealmWorker()];
    const [one, other] = await Promise.all(workers.map((worker) => worker.start()));
    assert.notEqual(one, other);
    assert.equal(started.length, 2);
  });

  it('starts a new worker after the end of the last one', async (test) => {
    const { RealmWorker, started } = await open(test);
    const one = new RealmWorker();
    const first = await one.start();
    started[0].fail();
    assert.equal(one.running, undefined);
    const next = await one.start();
    assert.ok(next && next !== first && next === one.running);
  });

  it('starts no worker in its realm once the platform has refused one, by both addresses', async (test) => {
    const { RealmWorker, started } = await open(test, (worker) => worker.fail());
    assert.equal(await new RealmWorker().start(), undefined);
    assert.equal(started.length, 2);
    assert.equal(await new RealmWorker().start(), undefined);
    assert.equal(started.length, 2);
  });

  it('starts another worker after one that took too long to start', async (test) => {
    let isSilent = true;
    const { RealmWorker, started } = await open(test, (worker) => isSilent || worker.onmessage({ data: { ready: true } }));
    const { setTimeout: platformTimeout } = globalThis;
    // The limit of a start waits twice for 2.5 s.
    stub(test, 'setTimeout', { value: (callback, delay) => platformTimeout(callback, delay === 2_500 ? 0 : delay), writable: true });
    assert.equal(await new RealmWorker().start(), undefined);
    assert.deepEqual(
      started.map(({ isTerminated }) => isTerminated),
      [true],
      'the other address is as slow',
    );
    isSilent = false;
    const one = new RealmWorker();
    assert.ok(await one.start());
    assert.equal(started.length, 2);
  });

  it('has no worker on a platform without workers', async (test) => {
    const { RealmWorker } = await open(test);
    stub(test, 'Worker', { value: undefined });
    assert.equal(await new RealmWorker().start(), undefined);
  });
});
