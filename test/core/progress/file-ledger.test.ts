import { expect } from 'chai';
import { MultiFileProgressTracker, type AggregateProgressInfo, type MultiFileProgressTrackerOptions } from 'model-download/core';
import { FileLedger } from '#dist/core/progress/file-ledger.js';
import { FakeClock } from '../../support/fake-clock.js';

/** The files of a load, after its events. */
class Load {
  readonly tracker: MultiFileProgressTracker;

  constructor(options: MultiFileProgressTrackerOptions = {}) {
    this.tracker = new MultiFileProgressTracker(undefined, { clock: new FakeClock(), ...options });
  }

  receive(status: string, file?: string, more: object = {}, name = 'org/model'): AggregateProgressInfo {
    this.tracker.handleFileProgress({ status, name, file, ...more });
    return this.now;
  }

  get now(): AggregateProgressInfo {
    return this.tracker.getSnapshot();
  }

  get files(): readonly string[] {
    return this.now.files.map(({ file }) => file);
  }
}

const receiving = (loaded: number, total?: number, more: object = {}): object => ({
  phase: 'receiving',
  loaded,
  stored: 0,
  total,
  ...more,
});
const two = [
  { file: 'a.json', size: 100 },
  { file: 'b.onnx', size: 900 },
];

describe('the files of a load', () => {
  it('are those of the plan and those of the events, in their order', () => {
    const load = new Load({ plan: two });
    load.receive('download', 'c.json');
    expect(load.files).to.deep.equal(['a.json', 'b.onnx', 'c.json']);
    expect(load.now).to.include({ totalFiles: 3, totalIsExact: false });
  });

  it('are distinguished by their model', () => {
    const load = new Load();
    load.receive('progress', 'config.json', { loaded: 10, total: 10 });
    load.receive('progress', 'config.json', { loaded: 20, total: 20 }, 'org/other');
    expect(load.files).to.deep.equal(['config.json', 'org/other/config.json']);
    expect(load.now.totalDownloaded).to.equal(30);
  });

  it('leave the plan if the server does not have them', () => {
    const load = new Load({ plan: two, hasTransfer: true });
    load.receive('transfer', 'a.json', { phase: 'absent', loaded: 0, stored: 0 });
    expect(load.now.totalSize).to.equal(900);
    expect(load.receive('transfer', 'b.onnx', { phase: 'done', loaded: 900, stored: 0, total: 900 })).to.include({
      status: 'loading',
      overallProgress: 100,
    });
  });

  it('are those of a new plan, and those that were requested', () => {
    const load = new Load({ plan: two });
    load.receive('progress', 'a.json', { loaded: 50, total: 100 });
    load.receive('plan', undefined, { files: [{ file: 'c.onnx', size: 300 }] });
    expect(load.files).to.deep.equal(['a.json', 'c.onnx']);
    expect(load.now).to.include({ totalSize: 400, totalIsExact: false });
  });

  it('are frozen each time, and new objects only after a change', () => {
    const load = new Load({ plan: two });
    const before = load.now.files;
    expect(load.now.files).to.equal(before);
    const after = load.receive('progress', 'a.json', { loaded: 50, total: 100 }).files;
    expect(after).to.not.equal(before);
    expect(after[1]).to.equal(before[1]);
    expect(before[0]?.loaded).to.equal(0);
  });

  it('that never arrived are removed when the load is complete', () => {
    const load = new Load({ plan: two });
    load.receive('progress', 'b.onnx', { loaded: 900, total: 900 });
    load.receive('initiate', 'generation_config.json');
    load.tracker.complete();
    expect(load.files).to.deep.equal(['b.onnx']);
    expect(load.now).to.include({
      status: 'ready',
      overallProgress: 100,
      totalDownloaded: 900,
      totalSize: 900,
      filesCompleted: 1,
      totalFiles: 1,
    });
  });

  it('that were active fail with the load', () => {
    const load = new Load({ plan: two });
    load.receive('progress', 'a.json', { loaded: 100, total: 100 });
    load.receive('done', 'a.json');
    load.receive('progress', 'b.onnx', { loaded: 300, total: 900 });
    load.tracker.error(new Error('broken'));
    expect(load.now.files.map(({ status }) => status)).to.deep.equal(['loading', 'failed']);
  });
});

describe('the sums of a load', () => {
  it('count bytes from this device separately', () => {
    const load = new Load({
      plan: [
        { file: 'a.json', size: 100, cached: true },
        { file: 'b.onnx', size: 900 },
      ],
    });
    load.receive('progress', 'a.json', { loaded: 100, total: 100 });
    load.receive('progress', 'b.onnx', { loaded: 300, total: 900 });
    expect(load.now).to.include({ totalDownloaded: 400, bytesFromCache: 100, bytesFromNetwork: 300 });
  });

  it('count stored bytes as from this device, and never negative bytes from the network', () => {
    const load = new Load({ plan: two, hasTransfer: true });
    load.receive('transfer', 'b.onnx', receiving(300, 900, { stored: 300 }));
    expect(load.now).to.include({ bytesFromCache: 300, bytesFromNetwork: 0 });
    load.receive('transfer', 'b.onnx', receiving(500, 900, { stored: 300 }));
    expect(load.now).to.include({ totalDownloaded: 500, bytesFromCache: 300, bytesFromNetwork: 200 });
  });

  it('exclude bytes that are still to be read from this device from the time left', () => {
    const clock = new FakeClock();
    const load = new Load({
      clock,
      plan: [
        { file: 'a.onnx', size: 4_000_000, cached: true },
        { file: 'b.onnx', size: 400_000 },
      ],
    });
    load.receive('progress', 'a.onnx', { loaded: 40_000, total: 4_000_000 });
    for (let loaded = 0; loaded <= 200_000; loaded += 10_000) {
      load.receive('progress', 'b.onnx', { loaded, total: 400_000 });
      clock.advance(250);
    }
    expect(load.now.timeRemaining).to.be.closeTo(5, 1);
  });

  it('count the complete files', () => {
    const load = new Load({ plan: two });
    expect(load.now).to.include({ filesCompleted: 0, totalFiles: 2 });
    load.receive('done', 'a.json');
    expect(load.now).to.include({ filesCompleted: 1, totalDownloaded: 100 });
    load.receive('done', 'a.json');
    expect(load.now.filesCompleted).to.equal(1);
  });

  it('exclude a runtime’s file that is in no plan, and include one that was announced', () => {
    const load = new Load({ plan: two });
    load.receive('transfer', 'ort-wasm-simd.wasm', { phase: 'receiving', loaded: 5_000, stored: 0, total: 9_000, isRuntime: true });
    expect(load.now).to.include({ totalDownloaded: 0, totalSize: 1_000 });
    load.receive('transfer', 'ort-wasm-simd.wasm', { phase: 'planned', loaded: 0, stored: 0, total: 9_000 });
    expect(load.now).to.include({ totalDownloaded: 5_000, totalSize: 10_000 });
  });

  it('do not wait for an optional file whose request was never answered', () => {
    const load = new Load({ plan: two });
    load.receive('initiate', 'generation_config.json');
    expect(load.now.totalSize).to.equal(1_000);
    load.receive('download', 'generation_config.json');
    expect(load.now.totalSize).to.equal(undefined);
  });
});

describe('FileLedger', () => {
  const name = 'org/model';
  const labels = (ledger: FileLedger): readonly string[] => ledger.describe(undefined).map(({ file }) => file);
  const read = (ledger: FileLedger, file: string, loaded: number, total: number, model = name): void =>
    void ledger.apply({ status: 'progress', name: model, file, loaded, total });

  it('is empty, and neither exact nor done, without a file', () => {
    const ledger = new FileLedger();
    expect(ledger).to.include({ count: 0, hasPlan: false, isExact: false, size: undefined, isOpen: false, isPlanDone: false });
    expect(ledger.describe(undefined)).to.deep.equal([]);
    expect(ledger.areWeightsDone).to.equal(false);
  });

  it('counts a file that is planned twice once', () => {
    const ledger = new FileLedger([
      { file: 'a.onnx', size: 100 },
      { file: 'a.onnx', size: 100 },
    ]);
    expect([ledger.count, ledger.size]).to.deep.equal([1, 100]);
  });

  it('labels a file of another model with that model, and again if the label is taken', () => {
    const ledger = new FileLedger();
    read(ledger, 'b/x.json', 1, 2, 'a');
    read(ledger, 'y.json', 1, 2, 'b');
    read(ledger, 'x.json', 1, 2, 'b');
    expect(labels(ledger)).to.deep.equal(['b/x.json', 'b/y.json', 'b/b/x.json']);
  });

  it('gives the events of a model to the file that a plan without a model lists', () => {
    const ledger = new FileLedger([{ file: 'a.onnx', size: 100 }]);
    read(ledger, 'a.onnx', 50, 100);
    expect([ledger.count, ledger.sums.loaded, ledger.size]).to.deep.equal([1, 50, 100]);
  });

  it('shows the files that are left when the first one leaves the plan', () => {
    const ledger = new FileLedger();
    ledger.replacePlan(name, [{ file: 'a.json' }, { file: 'b.onnx' }, { file: 'c.onnx' }]);
    expect(labels(ledger)).to.deep.equal(['a.json', 'b.onnx', 'c.onnx']);
    ledger.replacePlan(name, [{ file: 'b.onnx' }]);
    expect(labels(ledger)).to.deep.equal(['b.onnx']);
    read(ledger, 'b.onnx', 7, 10);
    expect(ledger.describe(undefined)[0]).to.include({ file: 'b.onnx', loaded: 7 });
    expect(labels(ledger)).to.deep.equal(['b.onnx']);
  });

  it('shows a file again whose events arrive after it has left the plan', () => {
    const ledger = new FileLedger();
    ledger.replacePlan(name, [{ file: 'a.onnx', size: 100 }]);
    ledger.replacePlan(name, [{ file: 'b.onnx', size: 200 }]);
    read(ledger, 'a.onnx', 50, 100);
    expect(labels(ledger)).to.deep.equal(['b.onnx', 'a.onnx']);
    expect([ledger.sums.loaded, ledger.size]).to.deep.equal([50, 300]);
  });

  it('keeps a file that the transfer layer has announced when a plan lacks it', () => {
    const ledger = new FileLedger();
    const runtime = 'ort-wasm-simd-threaded.wasm';
    ledger.apply({ status: 'transfer', name, file: runtime, phase: 'planned', loaded: 0, stored: 0, total: 30 });
    ledger.replacePlan(name, [{ file: 'a.onnx', size: 100 }]);
    expect(labels(ledger)).to.deep.equal([runtime, 'a.onnx']);
    expect([ledger.size, ledger.sums.due]).to.deep.equal([130, 2]);
  });

  it('keeps a known size when a later plan or list has none, or another', () => {
    const ledger = new FileLedger();
    ledger.replacePlan(name, [{ file: 'a.onnx', size: 100 }]);
    ledger.apply({ status: 'initiate', name, file: 'a.onnx' });
    ledger.replacePlan(name, [{ file: 'a.onnx' }]);
    expect(ledger.size).to.equal(100);
    ledger.plan(name, new Map([['a.onnx', 7]]));
    expect(ledger.size).to.equal(100);
    ledger.replacePlan(name, [{ file: 'a.onnx', size: 120 }]);
    expect(ledger.size).to.equal(120);
  });

  it('keeps the size of a file that was not requested when a later plan has none', () => {
    const ledger = new FileLedger([
      { file: 'a.onnx', size: 100 },
      { file: 'b.json', size: 5 },
    ]);
    ledger.replacePlan('', [{ file: 'a.onnx' }]);
    expect([labels(ledger), ledger.size]).to.deep.equal([['a.onnx'], 100]);
    ledger.replacePlan('', [{ file: 'a.onnx', size: 120 }]);
    expect(ledger.size).to.equal(120);
  });

  it('has no plan after an empty one, and keeps the files that were requested', () => {
    const ledger = new FileLedger([{ file: 'a.onnx', size: 100 }, { file: 'b.json' }]);
    read(ledger, 'a.onnx', 50, 100);
    ledger.replacePlan(name, []);
    expect([ledger.hasPlan, ledger.size, ledger.isPlanDone]).to.deep.equal([false, undefined, false]);
    expect(labels(ledger)).to.deep.equal(['a.onnx']);
  });

  it('has its weights only when none is missing or arriving', () => {
    const ledger = new FileLedger();
    ledger.apply({ status: 'done', name, file: 'encoder.onnx' });
    expect(ledger.areWeightsDone).to.equal(true);
    ledger.apply({ status: 'initiate', name, file: 'decoder.onnx' });
    expect(ledger.areWeightsDone, 'requested').to.equal(false);
    ledger.apply({ status: 'done', name, file: 'decoder.onnx' });
    read(ledger, 'tokenizer.json', 1, 2);
    expect(ledger.areWeightsDone, 'another file arrives').to.equal(false);
    ledger.apply({ status: 'done', name, file: 'tokenizer.json' });
    expect(ledger.areWeightsDone).to.equal(true);
  });

  it('recognizes weights by their names', () => {
    const isWeights = (file: string): boolean => {
      const ledger = new FileLedger();
      ledger.apply({ status: 'done', name, file });
      return ledger.areWeightsDone;
    };
    for (const file of ['model.onnx', 'onnx/model_q4.onnx', 'a.onnx_data', 'a.onnx_data_1', 'a.onnx_data_12']) {
      expect(isWeights(file), file).to.equal(true);
    }
    for (const file of ['config.json', 'model.onnx.json', 'monnx', 'a.onnx_data_', 'a.onnx_data_x', 'a.onnx_dat', 'a.onnx_data_1.txt']) {
      expect(isWeights(file), file).to.equal(false);
    }
  });

  it('counts a file of the runtime only if it is announced', () => {
    const file = 'ort.wasm';
    const transfer = { status: 'transfer', name, file, stored: 0, total: 10 } as const;
    for (const isRuntime of [true, false]) {
      const ledger = new FileLedger();
      ledger.apply({ ...transfer, phase: 'receiving', loaded: 5, isRuntime });
      expect(ledger.sums.loaded, String(isRuntime)).to.equal(isRuntime ? 0 : 5);
      ledger.apply({ ...transfer, phase: 'planned', loaded: 0, isRuntime });
      expect(ledger.sums.loaded, 'announced').to.equal(5);
    }
  });

  it('shows the files of a complete load as ready, and removes those without a byte', () => {
    const ledger = new FileLedger([{ file: 'a.onnx', size: 100 }, { file: 'b.json' }, { file: 'c.onnx', size: 50 }]);
    read(ledger, 'a.onnx', 60, 100);
    ledger.apply({ status: 'initiate', name, file: 'b.json' });
    ledger.complete();
    expect(ledger.describe('ready').map(({ file, status, loaded }) => [file, status, loaded])).to.deep.equal([['a.onnx', 'ready', 100]]);
    expect([ledger.count, ledger.size, ledger.sums.done]).to.deep.equal([1, 100, 1]);
  });

  it('describes failed, waiting and complete files after a failure', () => {
    const ledger = new FileLedger([{ file: 'a.json', size: 1 }, { file: 'b.onnx', size: 100 }, { file: 'c.onnx' }]);
    ledger.apply({ status: 'done', name, file: 'a.json' });
    read(ledger, 'b.onnx', 50, 100);
    expect(ledger.describe('failed').map(({ status }) => status)).to.deep.equal(['loading', 'failed', 'waiting']);
    expect(ledger.describe(undefined).map(({ status }) => status)).to.deep.equal(['loading', 'download', 'waiting']);
  });
});
