// What a worker tells of a download: every transition at once, the rest at most once in 100 ms.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { StateSender } from '../../../dist/worker/host/state-sender.js';

/** A state with the fields that the sender reads. @returns {any} */
const stateOf = (status, bytesDownloaded) => ({ status, bytesDownloaded });

const clock = {
  now: () => Date.now(),
  setTimeout: (callback, delay) => setTimeout(callback, delay),
  clearTimeout: (timer) => clearTimeout(timer),
};

describe('StateSender', () => {
  it('sends the first of many at once, then one per 100 ms, and the last always', () => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    const sent = [];
    const sender = new StateSender((state) => sent.push(state.bytesDownloaded), clock);
    for (let bytes = 0; bytes < 1_000; bytes++) {
      sender.update(stateOf('downloading', bytes));
      mock.timers.tick(1);
    }
    mock.timers.tick(1_000);
    assert.equal(sent.length, 11);
    assert.deepEqual([sent[0], sent.at(-1)], [0, 999]);
    mock.timers.reset();
  });

  it('sends a transition at once, and drops what waited for its turn before it', () => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    const sent = [];
    const sender = new StateSender(({ status, bytesDownloaded }) => sent.push([status, bytesDownloaded]), clock);
    sender.update(stateOf('downloading', 1));
    sender.update(stateOf('downloading', 2));
    sender.update(stateOf('failed', 3));
    mock.timers.tick(1_000);
    assert.deepEqual(sent, [
      ['downloading', 1],
      ['failed', 3],
    ]);
    mock.timers.reset();
  });
});
