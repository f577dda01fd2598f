import { expect } from 'chai';
import type { ShareSignal } from 'model-download/core';
import { ShareProgress } from '#dist/core/progress/share-progress.js';

const share = (value: number, fields: Partial<ShareSignal> = {}): ShareSignal => ({
  status: 'share',
  name: '',
  share: value,
  phase: 'download',
  ...fields,
});

/** Applies shares, one a second from 0. */
function progressOf(...signals: readonly ShareSignal[]): ShareProgress {
  const progress = new ShareProgress();
  signals.forEach((signal, second) => progress.apply(signal, second * 1_000));
  return progress;
}

const SILENCE = 5_000;

describe('ShareProgress', () => {
  it('has no values before the first share', () => {
    const progress = new ShareProgress();
    expect([progress.isKnown, progress.isLoading, progress.percent, progress.timeLeft(0, SILENCE)]).to.deep.equal([
      false,
      false,
      undefined,
      undefined,
    ]);
  });

  it('shows the share as a percentage that never decreases', () => {
    const progress = progressOf(share(0.25), share(0.5), share(0.4));
    expect([progress.isKnown, progress.isLoading, progress.percent]).to.deep.equal([true, false, 50]);
  });

  it('is loading after the whole share', () => {
    const progress = progressOf(share(0.5), share(1));
    expect([progress.isLoading, progress.percent]).to.deep.equal([true, 100]);
  });

  it('is full when the start follows a download, and has no percentage when there was none', () => {
    expect(progressOf(share(0.9), share(0.1, { phase: 'loading' })).percent).to.equal(100);
    const started = progressOf(share(0.1, { phase: 'loading' }));
    expect([started.isKnown, started.isLoading, started.percent]).to.deep.equal([true, true, undefined]);
    expect(progressOf(share(0), share(0.1, { phase: 'loading' })).percent).to.equal(undefined);
  });

  it('ignores further shares of a run that is loading', () => {
    const progress = progressOf(share(0.9), share(0.1, { phase: 'loading' }), share(0.2));
    expect([progress.isLoading, progress.percent]).to.deep.equal([true, 100]);
  });

  it('downloads again without a percentage in a further run, and ignores the shares of an earlier one', () => {
    const progress = progressOf(share(1), share(0.2, { run: 1 }), share(0.9, { phase: 'loading' }));
    expect([progress.isKnown, progress.isLoading, progress.percent, progress.timeLeft(9_000, 60_000)]).to.deep.equal([
      true,
      false,
      undefined,
      undefined,
    ]);
  });

  it('estimates the time left by the pace of the share', () => {
    const progress = progressOf(...[0, 0.1, 0.2, 0.3, 0.4, 0.5].map((value) => share(value)));
    expect(progress.timeLeft(5_000, SILENCE)).to.be.closeTo(5, 0.01);
  });

  it('has no time left in silence or while the model starts', () => {
    const values = [0, 0.1, 0.2, 0.3, 0.4, 0.5].map((value) => share(value));
    const progress = progressOf(...values);
    expect(progress.timeLeft(9_999, SILENCE)).to.be.a('number');
    expect(progress.timeLeft(10_000, SILENCE)).to.equal(undefined);
    expect(progressOf(...values, share(1)).timeLeft(6_000, SILENCE)).to.equal(undefined);
  });

  it('measures the pace from the first share, which may include stored bytes', () => {
    const progress = progressOf(...[0.5, 0.55, 0.6, 0.65, 0.7].map((value) => share(value)));
    expect(progress.timeLeft(4_000, SILENCE)).to.be.closeTo(6, 0.01);
    const barely = new ShareProgress();
    barely.apply(share(0.9), 0);
    for (let second = 1; second <= 4; second++) barely.apply(share(0.9 + second / 1e5), second * 1_000);
    expect(barely.timeLeft(4_000, SILENCE), 'less than half a percent').to.equal(undefined);
  });

  it('counts the silence from the first share, and from each that is larger', () => {
    const progress = new ShareProgress();
    for (let second = 0; second <= 5; second++) progress.apply(share(second / 10), 60_000 + second * 1_000);
    progress.apply(share(0.5), 69_000);
    progress.apply(share(0.3), 69_500);
    expect(progress.timeLeft(69_999, SILENCE)).to.be.a('number');
    expect(progress.timeLeft(70_000, SILENCE)).to.equal(undefined);
  });

  it('is known in a further run before its first share of a download', () => {
    const progress = progressOf(share(0.5, { phase: 'loading', run: 1 }));
    expect([progress.isKnown, progress.isLoading, progress.percent]).to.deep.equal([true, true, undefined]);
    progress.apply(share(0.1, { run: 2 }), 5_000);
    expect([progress.isKnown, progress.isLoading, progress.percent]).to.deep.equal([true, false, undefined]);
  });
});
