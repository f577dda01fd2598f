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

  it('is reached at once if the connection can be replaced', () => {
    expect(new StallLimit(1_000).isReached(1_000)).to.equal(true);
  });

  it('is reached at ten times the first timeout if the connection cannot be replaced', () => {
    const stall = new StallLimit(1_000, () => false);
    stall.grow();
    expect(stall.isReached(9_999)).to.equal(false);
    expect(stall.isReached(10_000)).to.equal(true);
  });
});
