import { expect } from 'chai';
import { toPercent } from '#dist/core/progress/progress-info.js';

describe('toPercent', () => {
  it('returns a fractional percentage of the total', () => {
    expect(toPercent(1, 8)).to.equal(12.5);
    expect(toPercent(0, 8)).to.equal(0);
  });

  it('returns undefined without a total', () => {
    expect(toPercent(5, undefined)).to.equal(undefined);
  });

  it('is 100 for an empty file', () => {
    expect(toPercent(0, 0)).to.equal(100);
  });

  it('never exceeds 100', () => {
    expect(toPercent(9, 8)).to.equal(100);
  });
});
