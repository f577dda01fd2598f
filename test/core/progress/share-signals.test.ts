import { expect } from 'chai';
import { MultiFileProgressTracker } from 'model-download/core';
import type { ShareSignal } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';
import { download, progress } from '../../support/transformers-events.js';

function tracked() {
  const clock = new FakeClock();
  const tracker = new MultiFileProgressTracker(undefined, { clock });
  const send = (share: unknown, phase: ShareSignal['phase'] = 'download', run?: unknown): void =>
    tracker.handleFileProgress({ status: 'share', name: '', share, phase, run });
  return { clock, tracker, send, shown: () => tracker.getSnapshot() };
}

describe('a share', () => {
  it('is a percentage without bytes, without a size and without a speed', () => {
    const { send, shown } = tracked();
    send(0.4);
    const expected = {
      status: 'download',
      overallProgress: 40,
      totalDownloaded: 0,
      totalSize: undefined,
      speed: undefined,
      totalIsExact: false,
    };
    expect(shown()).to.include(expected);
  });

  it('never falls', () => {
    const { send, shown } = tracked();
    send(0.4);
    send(0.2);
    expect(shown().overallProgress).to.equal(40);
  });

  it('is ignored if it is invalid', () => {
    const { send, shown, tracker } = tracked();
    for (const wrong of [NaN, -0.1, 1.1, Infinity, '0.5', undefined]) send(wrong);
    tracker.handleFileProgress({ status: 'share', share: 0.5, phase: 'other' });
    expect(shown()).to.include({ status: 'waiting', overallProgress: undefined });
  });

  it('is followed by a start, during which the bar stays full', () => {
    const { send, shown } = tracked();
    send(0.9);
    send(0.1, 'loading');
    expect(shown()).to.include({ status: 'loading', overallProgress: 100 });
    send(0.5);
    expect(shown()).to.include({ status: 'loading', overallProgress: 100 });
  });

  it('that never exceeds 0 is no download, since the model is on this device', () => {
    const { send, shown } = tracked();
    send(0);
    expect(shown()).to.include({ status: 'download', overallProgress: 0 });
    send(0.1, 'loading');
    expect(shown()).to.include({ status: 'loading', overallProgress: undefined });
  });

  it('of a second download has neither a percentage nor a time left, since its relative size is unknown', () => {
    const { clock, send, shown, tracker } = tracked();
    send(0.5);
    send(1, 'loading');
    expect(shown()).to.include({ status: 'loading', overallProgress: 100 });
    for (let step = 1; step <= 20; step++) {
      clock.advance(500);
      send(step * 0.02, 'download', 1);
      expect(shown()).to.include({ status: 'download', overallProgress: undefined, timeRemaining: undefined });
    }
    send(1, 'download', 0);
    expect(shown().status, 'a late event of the first').to.equal('download');
    send(0.2, 'loading', 1);
    expect(shown()).to.include({ status: 'loading', overallProgress: undefined });
    tracker.complete();
    expect(shown()).to.include({ status: 'ready', overallProgress: 100 });
  });

  it('with an invalid run belongs to the first run', () => {
    const { send, shown } = tracked();
    for (const wrong of [NaN, -1, '2', null]) send(0.5, 'download', wrong);
    expect(shown()).to.include({ status: 'download', overallProgress: 50 });
  });

  it('of the whole is the end of the download, not of the load', () => {
    const { send, shown, tracker } = tracked();
    send(1);
    expect(shown().status).to.equal('loading');
    tracker.complete();
    expect(shown()).to.include({ status: 'ready', overallProgress: 100, totalSize: undefined });
  });

  it('of a start without a download has no percentage', () => {
    const { send, shown } = tracked();
    send(0.3, 'loading');
    expect(shown()).to.include({ status: 'loading', overallProgress: undefined });
  });

  it('has a time left by its pace, and none in silence, which is not a stall', () => {
    const { clock, send, shown } = tracked();
    send(0.5);
    expect(shown().timeRemaining).to.equal(undefined);
    for (let step = 1; step <= 20; step++) {
      clock.advance(500);
      send(0.5 + step * 0.01);
    }
    // 0.3 left at 0.02 a second; the time before the first share does not count.
    expect(shown().timeRemaining).to.be.within(14, 17);
    clock.advance(5_000);
    expect(shown()).to.include({ timeRemaining: undefined, stalled: false, status: 'download' });
  });

  it('is ignored once bytes are known', () => {
    const { send, shown, tracker } = tracked();
    send(0.4);
    tracker.handleFileProgress(download('model.onnx'));
    tracker.handleFileProgress(progress('model.onnx', 10, 100));
    expect(shown()).to.include({ totalDownloaded: 10, overallProgress: undefined });
  });
});
