import { expect } from 'chai';
import { StallLimit } from '#dist/transfer/network/stall-limit.js';

/** The least silence, in whole steps, that `isReached` accepts. */
const limitOf = (isReached: (silence: number) => boolean): number => {
  let silence = 0;
  while (!isReached(silence)) silence += 500;
  return silence;
};

const no = (): boolean => false;

describe('StallLimit', () => {
  it('doubles with each timeout, up to eight times, for a response and for a byte', () => {
    const stall = new StallLimit(1_000);
    const limits = Array.from({ length: 5 }, () => {
      const both = [limitOf((silence) => stall.isResponseDue(silence)), limitOf((silence) => stall.isReached(silence))];
      stall.grow();
      return both;
    });
    expect(limits).to.deep.equal([1_000, 2_000, 4_000, 8_000, 8_000].map((limit) => [limit, limit]));
    expect(stall.step, 'how often it is judged').to.equal(1_000);
  });

  it('is ten times the first timeout for a byte of a body that cannot be resumed, and not for a response', () => {
    const stall = new StallLimit(1_000, { isResumable: no });
    stall.grow();
    expect(limitOf((silence) => stall.isReached(silence))).to.equal(10_000);
    expect(limitOf((silence) => stall.isResponseDue(silence))).to.equal(2_000);
  });

  it('is hopeless at ten times the first timeout, whatever else could continue the body', () => {
    const stall = new StallLimit(1_000);
    expect(limitOf((silence) => stall.isHopeless(silence))).to.equal(10_000);
    stall.grow();
    expect(limitOf((silence) => stall.isHopeless(silence))).to.equal(10_000);
  });

  it('is ten times the first timeout if the download would end with it, as long as Firefox waits', () => {
    let canRecover = false;
    const stall = new StallLimit(1_000, { canRecover: () => canRecover });
    const both = (): number[] => [limitOf((silence) => stall.isReached(silence)), limitOf((silence) => stall.isResponseDue(silence))];
    expect(both()).to.deep.equal([10_000, 10_000]);
    for (let timeout = 0; timeout < 3; timeout++) stall.grow();
    expect(both()).to.deep.equal([10_000, 10_000]);
    canRecover = true;
    expect(both()).to.deep.equal([8_000, 8_000]);
  });

  it('asks for its conditions each time', () => {
    let canRecover = false;
    const stall = new StallLimit(1_000, { canRecover: () => canRecover });
    expect(stall.isReached(1_000)).to.equal(false);
    canRecover = true;
    expect(stall.isReached(1_000)).to.equal(true);
  });
});
