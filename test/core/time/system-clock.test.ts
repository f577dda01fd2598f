import { expect } from 'chai';
import { systemClock } from 'model-download/core';
import { epochNow } from '#dist/core/internal.js';
import { MOST_DELAY } from '#dist/core/time/system-clock.js';

describe('systemClock', () => {
  it('never decreases, and its origin leads to the time of the platform', () => {
    const before = systemClock.now();
    expect(systemClock.now()).to.be.at.least(before);
    expect(Math.abs(epochNow(systemClock) - Date.now())).to.be.below(1_000);
  });

  it('runs a timer, and stops one', async () => {
    let stopped = false;
    const timer = systemClock.setTimeout(() => (stopped = true), 0);
    systemClock.clearTimeout(timer);
    await new Promise<void>((resolve) => systemClock.setTimeout(resolve, 1));
    expect(stopped).to.equal(false);
  });

  it('limits a delay to the longest of the platform, which a longer one would overflow', () => {
    const original = globalThis.setTimeout;
    const delays: unknown[] = [];
    globalThis.setTimeout = ((_callback: unknown, delay: unknown) => delays.push(delay)) as never;
    try {
      systemClock.setTimeout(() => undefined, Infinity);
      systemClock.setTimeout(() => undefined, 5);
    } finally {
      globalThis.setTimeout = original;
    }
    expect(delays).to.deep.equal([MOST_DELAY, 5]);
    expect(MOST_DELAY).to.equal(2_147_483_647);
  });
});
