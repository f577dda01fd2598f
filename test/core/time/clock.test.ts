import { expect } from 'chai';
import type { Clock } from 'model-download/core';
import { epochNow } from '#dist/core/internal.js';
import { FakeClock } from '../../support/fake-clock.js';

/** A clock whose `now()` is `time`, with the given origin. */
const clockAt = (time: number, origin: { timeOrigin?: number | undefined } = {}): Clock => ({
  now: () => time,
  setTimeout: () => 0,
  clearTimeout: () => undefined,
  ...origin,
});

describe('epochNow', () => {
  it('adds the origin of the clock to its time', () => {
    const clock = new FakeClock();
    clock.advance(500);
    expect(epochNow(clock)).to.equal(clock.timeOrigin + 500);
  });

  it('returns the time of a clock that counts from 1970', () => {
    expect(epochNow(clockAt(7))).to.equal(7);
    expect(epochNow(clockAt(7, { timeOrigin: undefined }))).to.equal(7);
    expect(epochNow(clockAt(7, { timeOrigin: 0 }))).to.equal(7);
  });

  it('reads the origin at each call, since the system time may be set while the page is open', () => {
    let timeOrigin = 1_000;
    const clock: Clock = {
      ...clockAt(5),
      get timeOrigin() {
        return timeOrigin;
      },
    };
    expect(epochNow(clock)).to.equal(1_005);
    timeOrigin = 60_000;
    expect(epochNow(clock)).to.equal(60_005);
  });
});
