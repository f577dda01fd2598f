import { expect } from '@open-wc/testing';
import { MultiFileProgressTracker, type TransferSignal } from 'model-download/core';
import { FakeClock } from '../support/fake-clock.js';
import { download, initiate, MODEL, progress, sendFile } from '../support/transformers-events.js';

const MB = 1_000_000;
const FILE = 'onnx/model.onnx';
const RUNTIME = 'ort-wasm-simd-threaded.wasm';

function signal(phase: TransferSignal['phase'], loaded: number, fields: Partial<TransferSignal> = {}): TransferSignal {
  return { status: 'transfer', name: MODEL, file: FILE, phase, loaded, stored: 0, total: 10 * MB, ...fields };
}

/** A tracker that the transfer layer tells of every byte from the network. */
function watchedTracker(plan = [{ file: FILE, size: 10 * MB }]) {
  const clock = new FakeClock();
  const tracker = new MultiFileProgressTracker(undefined, { clock, plan, watched: true });
  return { clock, tracker, send: (event: unknown) => tracker.handleFileProgress(event) };
}

describe('a tracker that hears of the network', () => {
  it('takes its bytes, not those of the runtime that repeat them', () => {
    const { tracker, send } = watchedTracker();
    send(signal('receiving', 4 * MB));
    send(progress(FILE, 3 * MB, 10 * MB));
    expect(tracker.getSnapshot()).to.include({ totalDownloaded: 4 * MB, bytesFromNetwork: 4 * MB, bytesFromCache: 0, overallProgress: 40 });
  });

  it('counts bytes that an earlier visit has kept as those of this device, without a speed', () => {
    const { clock, tracker, send } = watchedTracker();
    send(signal('waiting', 6 * MB, { stored: 6 * MB }));
    clock.advance(2_000);
    expect(tracker.getSnapshot()).to.include({ bytesFromCache: 6 * MB, bytesFromNetwork: 0, overallProgress: 60, speed: undefined });
    send(signal('receiving', 6 * MB, { stored: 6 * MB }));
    for (let second = 1; second <= 2; second++) {
      clock.advance(1_000);
      send(signal('receiving', (6 + second) * MB, { stored: 6 * MB }));
    }
    expect(tracker.getSnapshot()).to.include({ bytesFromNetwork: 2 * MB, overallProgress: 80 });
    expect(tracker.getSnapshot().speed).to.be.closeTo(MB, 1);
  });

  it('takes a file of which the network knows nothing for one of this device', () => {
    const { clock, tracker, send } = watchedTracker();
    send(initiate(FILE));
    send(download(FILE));
    clock.advance(1_000);
    send(progress(FILE, 5 * MB, 10 * MB));
    const { bytesFromCache, speed, files } = tracker.getSnapshot();
    expect({ bytesFromCache, speed, cached: files[0]?.cached }).to.deep.equal({ bytesFromCache: 5 * MB, speed: undefined, cached: true });
  });

  it('prepares without a number when the announced file of the runtime does not come: another load has brought it', () => {
    const { clock, tracker, send } = watchedTracker();
    send(signal('planned', 0, { file: RUNTIME, total: 30 * MB }));
    send(signal('done', 10 * MB));
    expect(tracker.getSnapshot().status).to.equal('download');
    clock.advance(5_000);
    expect(tracker.getSnapshot()).to.include({ status: 'loading', stalled: false, overallProgress: undefined, timeRemaining: undefined });
    tracker.complete();
    expect(tracker.getSnapshot()).to.include({ status: 'ready', overallProgress: 100, totalSize: 10 * MB });
  });

  it('has the announced file of the runtime in the total, and prepares only when it is here', () => {
    const { tracker, send } = watchedTracker();
    send(signal('planned', 0, { file: RUNTIME, total: 30 * MB }));
    sendFile(send, FILE, 10 * MB);
    expect(tracker.getSnapshot()).to.include({ status: 'download', totalSize: 40 * MB, overallProgress: 25 });
    send(signal('done', 30 * MB, { file: RUNTIME, total: 30 * MB }));
    expect(tracker.getSnapshot()).to.include({ status: 'loading', overallProgress: 100 });
  });

  it('waits for the announced file of the runtime without a plan, too', () => {
    const { tracker, send } = watchedTracker([]);
    send(signal('planned', 0, { file: RUNTIME, total: 30 * MB }));
    sendFile(send, FILE, 10 * MB);
    expect(tracker.getSnapshot()).to.include({ status: 'download', overallProgress: undefined });
    send(signal('done', 30 * MB, { file: RUNTIME, total: 30 * MB }));
    expect(tracker.getSnapshot().status).to.equal('loading');
  });

  it('keeps a runtime’s file that nobody announced outside the total', () => {
    const { tracker, send } = watchedTracker();
    sendFile(send, FILE, 10 * MB);
    send(signal('receiving', MB, { file: RUNTIME, total: 30 * MB }));
    const { status, overallProgress, totalSize, files } = tracker.getSnapshot();
    expect({ status, overallProgress, totalSize }).to.deep.equal({ status: 'loading', overallProgress: 100, totalSize: 10 * MB });
    expect(files.map(({ file }) => file)).to.deep.equal([FILE, RUNTIME]);
  });

  it('believes no signal that cannot be true', () => {
    const { tracker, send } = watchedTracker();
    for (const fields of [{ loaded: -1 }, { loaded: NaN }, { stored: 5 }, { phase: 'flying' as 'done' }]) send({ ...signal('receiving', 1), ...fields });
    expect(tracker.getSnapshot().totalDownloaded).to.equal(0);
  });
});
