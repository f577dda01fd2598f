import { expect } from 'chai';
import { MultiFileProgressTracker, type AggregateProgressInfo, type LoadSignal, type TransferSignal } from 'model-download/core';
import { parseLoadEvent } from '#dist/core/progress/progress-event.js';
import { PHASES, SHARE_PHASES } from '#dist/core/progress/signals.js';
import { FakeClock } from '../../support/fake-clock.js';

const about = { name: 'org/model', file: 'onnx/model.onnx' };

const transfer = (phase: TransferSignal['phase'], loaded: number, fields: Partial<TransferSignal> = {}): TransferSignal => ({
  status: 'transfer',
  ...about,
  phase,
  loaded,
  stored: 0,
  total: 100,
  totalIsExact: true,
  isRuntime: false,
  ...fields,
});

/** A load in its own signals, through every phase. */
const LOAD: readonly LoadSignal[] = [
  { status: 'plan', name: about.name, files: [{ file: about.file, size: 100, cached: false }, { file: 'extra.json' }] },
  transfer('planned', 0, { file: 'ort-wasm-simd.wasm', total: 40 }),
  transfer('waiting', 30, { stored: 30 }),
  transfer('receiving', 60, { stored: 30 }),
  transfer('absent', 0, { file: 'extra.json', total: undefined }),
  transfer('done', 40, { file: 'ort-wasm-simd.wasm', total: 40, totalIsExact: false }),
  transfer('done', 100, { stored: 30 }),
];

/** The progress after each signal, applied by `apply`. */
function play(apply: (tracker: MultiFileProgressTracker, signal: LoadSignal) => void): readonly AggregateProgressInfo[] {
  const clock = new FakeClock();
  const tracker = new MultiFileProgressTracker(undefined, { clock, hasTransfer: true });
  return LOAD.map((signal) => {
    apply(tracker, signal);
    clock.advance(1_000);
    return tracker.getSnapshot();
  });
}

describe('the signals of a load', () => {
  it('show the same progress when they are reported and when a recording is replayed', () => {
    const reported = play((tracker, signal) => tracker.handleSignal(signal));
    const replayed = play((tracker, signal) => tracker.handleFileProgress(JSON.parse(JSON.stringify(signal))));
    expect(replayed).to.deep.equal(reported);
    expect(reported.at(-1)).to.include({
      status: 'loading',
      overallProgress: 100,
      totalDownloaded: 140,
      bytesFromCache: 30,
      totalFiles: 3,
    });
    expect(reported[3]).to.include({ status: 'download', overallProgress: undefined, totalDownloaded: 60 });
    expect(reported[4]).to.include({ totalSize: 140 });
  });

  it('are accepted in each phase of a transfer, which a load goes through in this order', () => {
    expect(PHASES).to.deep.equal(['planned', 'waiting', 'receiving', 'done', 'absent']);
    for (const phase of PHASES) expect(parseLoadEvent(transfer(phase, 5))).to.deep.equal({ ...transfer(phase, 5), isRuntime: false });
  });

  it('are accepted in each phase of a share', () => {
    expect(SHARE_PHASES).to.deep.equal(['download', 'loading']);
    for (const phase of SHARE_PHASES) {
      const signal: LoadSignal = { status: 'share', name: '', file: undefined, share: 0.5, phase, run: 0 };
      expect(parseLoadEvent(signal)).to.deep.equal(signal);
    }
  });
});
