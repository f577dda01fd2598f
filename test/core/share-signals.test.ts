import { expect } from '@open-wc/testing';
import { MultiFileProgressTracker, type ShareSignal } from 'model-download/core';
import { FakeClock } from '../support/fake-clock.js';
import { download, progress } from '../support/transformers-events.js';

function tracked() {
  const clock = new FakeClock();
  const tracker = new MultiFileProgressTracker(undefined, { clock });
  const send = (share: unknown, phase: ShareSignal['phase'] = 'download'): void =>
    tracker.handleFileProgress({ status: 'share', name: '', share, phase });
  return { clock, tracker, send, shown: () => tracker.getSnapshot() };
}

describe('a share', () => {
  it('is a percentage without bytes, without a size and without a speed', () => {
    const { send, shown } = tracked();
    send(0.4);
    const expected = { status: 'download', overallProgress: 40, totalDownloaded: 0, totalSize: undefined, speed: undefined, totalIsExact: false };
    expect(shown()).to.include(expected);
  });

  it('never falls', () => {
    const { send, shown } = tracked();
    send(0.4);
    send(0.2);
    expect(shown().overallProgress).to.equal(40);
  });

  it('is passed over when it cannot be one', () => {
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

  it('of the whole is the end of the download, not of the load', () => {
    const { send, shown, tracker } = tracked();
    send(1);
    expect(shown().status).to.equal('loading');
    tracker.complete();
    expect(shown()).to.include({ status: 'ready', overallProgress: 100, totalSize: undefined });
  });

  it('of a start alone is no percentage', () => {
    const { send, shown } = tracked();
    send(0.3, 'loading');
    expect(shown()).to.include({ status: 'loading', overallProgress: undefined });
  });

  it('has a time left by its pace, and none in silence; silence is no stall', () => {
    const { clock, send, shown } = tracked();
    send(0.5);
    expect(shown().timeRemaining).to.equal(undefined);
    for (let step = 1; step <= 20; step++) {
      clock.advance(500);
      send(0.5 + step * 0.01);
    }
    // 0.3 to go at 0.02 a second; what came before the first share is no pace.
    expect(shown().timeRemaining).to.be.within(14, 17);
    clock.advance(5_000);
    expect(shown()).to.include({ timeRemaining: undefined, stalled: false, status: 'download' });
  });

  it('counts no more when bytes are known', () => {
    const { send, shown, tracker } = tracked();
    send(0.4);
    tracker.handleFileProgress(download('model.onnx'));
    tracker.handleFileProgress(progress('model.onnx', 10, 100));
    expect(shown()).to.include({ totalDownloaded: 10, overallProgress: undefined });
  });
});
