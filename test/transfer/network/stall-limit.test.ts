import { expect } from 'chai';
import { StallLimit } from '#dist/transfer/network/stall-limit.js';

describe('StallLimit', () => {
  it('doubles with each timeout, up to eight times', () => {
    const stall = new StallLimit(1_000);
    const timeouts = Array.from({ length: 5 }, () => {
      const { timeout } = stall;
      stall.grow();
      return timeout;
    });
    expect(timeouts).to.deep.equal([1_000, 2_000, 4_000, 8_000, 8_000]);
  });

  it('is reached at the current timeout if the connection can be replaced', () => {
    const stall = new StallLimit(1_000);
    expect([999, 1_000].map((silence) => stall.isReached(silence))).to.deep.equal([false, true]);
    stall.grow();
    expect([1_999, 2_000].map((silence) => stall.isReached(silence))).to.deep.equal([false, true]);
    expect(stall.step, 'how often it is judged').to.equal(1_000);
  });

  it('is reached at ten times the first timeout if the connection cannot be replaced', () => {
    const stall = new StallLimit(1_000, () => false);
    for (let timeout = 0; timeout < 3; timeout++) stall.grow();
    expect(stall.isReached(9_999)).to.equal(false);
    expect(stall.isReached(10_000)).to.equal(true);
  });
});
