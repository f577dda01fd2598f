import { expect } from 'chai';
import { StallEstimator } from '#dist/core/speed/stall-estimator.js';

describe('StallEstimator', () => {
  it('allows 3 s before the first sample', () => {
    expect(new StallEstimator().patience).to.equal(3_000);
  });

  it('allows the mean and four times the deviation, which begins at half of the first sample', () => {
    const stalls = new StallEstimator();
    stalls.record(1_000);
    expect(stalls.patience).to.equal(1_000 + 4 * 500);
  });

  it('moves the mean by an eighth and the deviation by a quarter, as RFC 6298', () => {
    const stalls = new StallEstimator();
    stalls.record(1_000);
    stalls.record(1_800);
    // Deviation 500 + (800 - 500) / 4, mean 1,000 + 800 / 8.
    expect(stalls.patience).to.equal(1_100 + 4 * 575);
    stalls.record(700);
    // Deviation 575 + (400 - 575) / 4, mean 1,100 - 400 / 8.
    expect(stalls.patience).to.equal(1_050 + 4 * 531.25);
  });

  it('allows at least 1 s', () => {
    const stalls = new StallEstimator();
    for (let sample = 0; sample < 50; sample++) stalls.record(250);
    expect(stalls.patience).to.equal(1_000);
  });
});
