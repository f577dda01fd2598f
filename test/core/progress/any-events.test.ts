import { expect } from 'chai';
import fc from 'fast-check';
import { MultiFileProgressTracker, type AggregateProgressInfo } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';

const RUNTIME = 'ort-wasm-simd-threaded.wasm';
const FILES = ['config.json', '/tokenizer.json', 'onnx/model.onnx', 'onnx/model.onnx_data', RUNTIME];

const file = fc.constantFrom(...FILES);
const name = fc.constantFrom('org/model', 'org/tokenizer', '');
const bytes = fc.oneof(
  fc.nat(50_000_000),
  fc.nat(9),
  fc.double({ noNaN: true, min: 0, max: 5_000_000 }),
  fc.constantFrom(-1, NaN, Infinity, 2 ** 53, '7', undefined),
);
const entry = fc.record({ file, size: bytes, cached: fc.boolean() });
const plan = fc.array(entry, { maxLength: 5 });
const sizes = fc.dictionary(file, fc.record({ loaded: bytes, total: bytes }), { maxKeys: 5 });

/** A value that throws whenever it is read. */
const trap = (): object =>
  new Proxy(
    {},
    {
      get: () => {
        throw new Error('a getter of the page');
      },
    },
  );

const event: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ status: fc.constantFrom('initiate', 'download', 'done'), name, file }) },
  { weight: 6, arbitrary: fc.record({ status: fc.constant('progress'), name, file, loaded: bytes, total: bytes }) },
  {
    weight: 6,
    arbitrary: fc.record({
      status: fc.constant('transfer'),
      name,
      file,
      phase: fc.constantFrom('planned', 'waiting', 'receiving', 'done', 'absent', 'other'),
      loaded: bytes,
      stored: bytes,
      total: bytes,
      totalIsExact: fc.constantFrom(true, false, undefined, 'no'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ status: fc.constant('plan'), name, files: fc.oneof(plan, fc.constant('all')) }) },
  {
    weight: 2,
    arbitrary: fc.record({ status: fc.constant('progress_total'), name, total: bytes, files: fc.oneof(sizes, fc.constant(null)) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      status: fc.constant('share'),
      name,
      share: fc.double({ min: -0.5, max: 1.5 }),
      phase: fc.constantFrom('download', 'loading'),
      run: fc.nat(1),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ status: 'ready' }, null, 7, 'done', {}, { status: 'progress' }, trap(), {
      status: 'plan',
      name: 'org/model',
      files: [trap()],
    }),
  },
);

const step = fc.record({ event, pause: fc.nat(4_000) });
const setting = fc.record({
  plan: fc.option(plan, { nil: undefined }),
  hasTransfer: fc.boolean(),
  steps: fc.array(step, { maxLength: 60 }),
  end: fc.constantFrom('complete', 'error', 'none'),
});

type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never;

/** The snapshots after each event, and after the silence that follows it. */
function play({ plan: planned, hasTransfer, steps, end }: Setting): readonly AggregateProgressInfo[] {
  const clock = new FakeClock();
  const shown: AggregateProgressInfo[] = [];
  const tracker = new MultiFileProgressTracker((info) => shown.push(info), { clock, plan: planned as never, hasTransfer });
  for (const { event: message, pause } of steps) {
    tracker.handleFileProgress(message);
    shown.push(tracker.getSnapshot());
    clock.advance(pause);
    shown.push(tracker.getSnapshot());
  }
  if (end !== 'none') tracker[end]();
  shown.push(tracker.getSnapshot());
  expect(clock.pending, 'timers').to.equal(0);
  return shown;
}

/** Checks 600 random loads, the same in each run, so that a failure can be repeated. */
function always(check: (shown: readonly AggregateProgressInfo[]) => void): void {
  fc.assert(
    fc.property(setting, (load) => check(play(load))),
    { numRuns: 600, seed: 20261127 },
  );
}

describe('after any events at all', () => {
  it('the percentage never falls, and is full only when every known byte is here', () => {
    always((shown) => {
      let highest = 0;
      for (const { overallProgress, status, totalDownloaded, totalSize } of shown) {
        if (overallProgress === undefined) continue;
        expect(overallProgress).to.be.within(highest, 100);
        highest = overallProgress;
        if (overallProgress < 100) continue;
        expect(status).to.be.oneOf(['loading', 'ready']);
        if (totalSize !== undefined) expect(totalDownloaded).to.equal(totalSize);
      }
    });
  });

  it('the bytes are at most the total, and no byte is lost', () => {
    always((shown) => {
      let before = 0;
      for (const { totalDownloaded, totalSize } of shown) {
        expect(totalDownloaded).to.be.at.least(before);
        if (totalSize !== undefined) expect(totalDownloaded).to.be.at.most(totalSize);
        before = totalDownloaded;
      }
    });
  });

  it('bytes from the network and from this device are all bytes, and neither is negative', () => {
    always((shown) => {
      for (const { bytesFromCache, bytesFromNetwork, totalDownloaded } of shown) {
        expect(bytesFromCache).to.be.at.least(0);
        expect(bytesFromNetwork).to.be.at.least(0);
        expect(bytesFromCache + bytesFromNetwork).to.equal(totalDownloaded);
      }
    });
  });

  it('the sums are those of the files', () => {
    always((shown) => {
      for (const { files, filesCompleted, totalFiles, totalDownloaded, status } of shown) {
        expect(totalFiles).to.equal(files.length);
        expect(new Set(files.map((one) => one.file)).size).to.equal(files.length);
        if (status !== 'ready') expect(filesCompleted).to.equal(files.filter((one) => one.status === 'loading').length);
        const sum = (list: typeof files): number => list.reduce((total, { loaded }) => total + loaded, 0);
        // A file of the runtime counts if it was announced.
        expect(totalDownloaded).to.be.within(sum(files.filter((one) => !one.file.endsWith(RUNTIME))), sum(files));
      }
    });
  });

  it('every figure is a whole number of bytes, or finite', () => {
    always((shown) => {
      for (const { totalDownloaded, totalSize, bytesFromCache, speed, timeRemaining } of shown) {
        for (const value of [totalDownloaded, totalSize, bytesFromCache]) expect(Number.isSafeInteger(value ?? 0)).to.equal(true);
        for (const value of [speed, timeRemaining]) expect(Number.isFinite(value ?? 0) && (value ?? 0) >= 0).to.equal(true);
      }
    });
  });
});
