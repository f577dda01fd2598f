import { expect } from 'chai';
import { MultiFileProgressTracker } from 'model-download/core';
import type { TransferSignal } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';
import { download, initiate, MODEL, progress, sendFile } from '../../support/transformers-events.js';

const MB = 1_000_000;
const FILE = 'onnx/model.onnx';
const RUNTIME = 'ort-wasm-simd-threaded.wasm';

function signal(phase: TransferSignal['phase'], loaded: number, fields: Partial<TransferSignal> = {}): TransferSignal {
  return { status: 'transfer', name: MODEL, file: FILE, phase, loaded, stored: 0, total: 10 * MB, ...fields };
}

/** A tracker to which the transfer layer reports every byte from the network. */
function watchedTracker(plan = [{ file: FILE, size: 10 * MB }]) {
  const clock = new FakeClock();
  const tracker = new MultiFileProgressTracker(undefined, { clock, plan, hasTransfer: true });
  return { clock, tracker, send: (event: unknown) => tracker.handleFileProgress(event) };
}

describe('a tracker that receives transfer signals', () => {
  it('counts their bytes, not those of the runtime that repeat them', () => {
    const { tracker, send } = watchedTracker();
    send(signal('receiving', 4 * MB));
    send(progress(FILE, 3 * MB, 10 * MB));
    expect(tracker.getSnapshot()).to.include({ totalDownloaded: 4 * MB, bytesFromNetwork: 4 * MB, bytesFromCache: 0, overallProgress: 40 });
  });

  it('counts bytes that an earlier visit has stored as from this device, without a speed', () => {
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

  it('treats a file without transfer signals as one on this device', () => {
    const { clock, tracker, send } = watchedTracker();
    send(initiate(FILE));
    send(download(FILE));
    clock.advance(1_000);
    send(progress(FILE, 5 * MB, 10 * MB));
    const { bytesFromCache, speed, files } = tracker.getSnapshot();
    expect({ bytesFromCache, speed, cached: files[0]?.cached }).to.deep.equal({ bytesFromCache: 5 * MB, speed: undefined, cached: true });
  });

  it('is preparing without a number when the announced file of the runtime does not arrive, since another load has it', () => {
    const { clock, tracker, send } = watchedTracker();
    send(signal('planned', 0, { file: RUNTIME, total: 30 * MB }));
    send(signal('done', 10 * MB));
    expect(tracker.getSnapshot().status).to.equal('download');
    clock.advance(5_000);
    expect(tracker.getSnapshot()).to.include({ status: 'loading', stalled: false, overallProgress: undefined, timeRemaining: undefined });
    tracker.complete();
    expect(tracker.getSnapshot()).to.include({ status: 'ready', overallProgress: 100, totalSize: 10 * MB });
  });

  it('includes the announced file of the runtime in the total, and is preparing only after it', () => {
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

  it('keeps a runtime’s file that was not announced outside the total', () => {
    const { tracker, send } = watchedTracker();
    sendFile(send, FILE, 10 * MB);
    send(signal('receiving', MB, { file: RUNTIME, total: 30 * MB, isRuntime: true }));
    const { status, overallProgress, totalSize, files } = tracker.getSnapshot();
    expect({ status, overallProgress, totalSize }).to.deep.equal({ status: 'loading', overallProgress: undefined, totalSize: 10 * MB });
    expect(files.map(({ file }) => file)).to.deep.equal([FILE, RUNTIME]);
  });

  it('has no percentage while a runtime’s file that was not announced arrives after the last file of the model', () => {
    const { tracker, send } = watchedTracker();
    const runtime = (phase: TransferSignal['phase'], loaded: number, total?: number) =>
      send(signal(phase, loaded, { file: RUNTIME, total, isRuntime: true }));
    runtime('waiting', 0);
    sendFile(send, FILE, 10 * MB);
    expect(tracker.getSnapshot()).to.include({ status: 'loading', overallProgress: undefined });
    // Its size has arrived: the percentage of the model's files would fall.
    send(signal('planned', 0, { file: RUNTIME, total: 30 * MB }));
    expect(tracker.getSnapshot()).to.include({ status: 'download', totalSize: 40 * MB, overallProgress: undefined });
    runtime('done', 30 * MB, 30 * MB);
    expect(tracker.getSnapshot()).to.include({ status: 'loading', overallProgress: 100 });
  });

  it('ignores impossible signals', () => {
    const { tracker, send } = watchedTracker();
    for (const fields of [{ loaded: -1 }, { loaded: NaN }, { stored: 5 }, { phase: 'flying' as 'done' }])
      send({ ...signal('receiving', 1), ...fields });
    expect(tracker.getSnapshot().totalDownloaded).to.equal(0);
  });
});

describe('a total that may count encoded bytes', () => {
  const inexact = (loaded: number, total: number, fields: Partial<TransferSignal> = {}): TransferSignal =>
    signal('receiving', loaded, { total, totalIsExact: false, ...fields });

  it('counts, and makes the sum inexact', () => {
    const { tracker, send } = watchedTracker([{ file: FILE } as never]);
    send(inexact(2 * MB, 8 * MB));
    expect(tracker.getSnapshot()).to.include({ totalSize: 8 * MB, totalIsExact: false, overallProgress: 25 });
  });

  it('is dropped once more bytes have arrived', () => {
    const { tracker, send } = watchedTracker([{ file: FILE } as never]);
    send(inexact(2 * MB, 8 * MB));
    send(inexact(9 * MB, 8 * MB));
    expect(tracker.getSnapshot()).to.include({
      totalDownloaded: 9 * MB,
      totalSize: undefined,
      totalIsExact: false,
      overallProgress: undefined,
    });
    send(signal('done', 20 * MB, { total: undefined }));
    expect(tracker.getSnapshot()).to.include({ totalSize: 20 * MB, totalIsExact: true });
  });

  it('yields to the size of a plan', () => {
    const { tracker, send } = watchedTracker();
    send(inexact(2 * MB, 8 * MB));
    expect(tracker.getSnapshot()).to.include({ totalSize: 10 * MB, totalIsExact: true, overallProgress: 20 });
  });

  it('is replaced by a later exact one, and replaces none', () => {
    const { tracker, send } = watchedTracker([{ file: FILE } as never]);
    send(inexact(2 * MB, 8 * MB));
    send(signal('receiving', 2 * MB, { total: 20 * MB }));
    send(inexact(4 * MB, 8 * MB));
    expect(tracker.getSnapshot()).to.include({ totalSize: 20 * MB, totalIsExact: true });
  });

  it('is no proof of bytes: a file that ends early has the received ones', () => {
    const { tracker, send } = watchedTracker([{ file: FILE } as never]);
    send(inexact(2 * MB, 8 * MB));
    send({ status: 'done', name: MODEL, file: FILE });
    expect(tracker.getSnapshot()).to.include({ totalDownloaded: 2 * MB, totalSize: 2 * MB });
  });

  it('is no exact size in the events of a runtime either', () => {
    const { tracker, send } = watchedTracker([{ file: FILE } as never]);
    send(progress(FILE, 2 * MB, 8 * MB));
    expect(tracker.getSnapshot()).to.include({ totalSize: 8 * MB, totalIsExact: false });
  });
});

describe('a small file whose headers do not arrive', () => {
  const SMALL = 'generation_config.json';
  const small = (phase: TransferSignal['phase']): TransferSignal => signal(phase, 0, { file: SMALL, total: undefined });

  for (const [which, plan] of [
    [
      'planned',
      [
        { file: FILE, size: 10 * MB },
        { file: SMALL, size: 200 },
      ],
    ],
    ['unplanned', [{ file: FILE, size: 10 * MB }]],
  ] as const) {
    it(`is missing, and the download stalls, if it is ${which}`, () => {
      const { clock, tracker, send } = watchedTracker([...plan]);
      send(small('waiting'));
      send(signal('receiving', MB));
      send(signal('done', 10 * MB));
      expect(tracker.getSnapshot()).to.include({ status: 'download', stalled: false });
      expect(tracker.getSnapshot().overallProgress).to.be.within(99, 99.999);
      clock.advance(5_000);
      expect(tracker.getSnapshot()).to.include({ status: 'download', stalled: true });
    });

    it(`is not missing any more once the server has none, if it is ${which}`, () => {
      const { tracker, send } = watchedTracker([...plan]);
      send(small('waiting'));
      send(signal('done', 10 * MB));
      send(small('absent'));
      expect(tracker.getSnapshot()).to.include({ status: 'loading', overallProgress: 100, totalSize: 10 * MB });
    });
  }
});
