import { expect } from 'chai';
import { MultiFileProgressTracker, type AggregateProgressInfo, type MultiFileProgressTrackerOptions } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';

/** The files of a load, after its events. */
class Load {
  readonly tracker: MultiFileProgressTracker;

  constructor(options: MultiFileProgressTrackerOptions = {}) {
    this.tracker = new MultiFileProgressTracker(undefined, { clock: new FakeClock(), ...options });
  }

  hear(status: string, file?: string, more: object = {}, name = 'org/model'): AggregateProgressInfo {
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
    load.hear('download', 'c.json');
    expect(load.files).to.deep.equal(['a.json', 'b.onnx', 'c.json']);
    expect(load.now).to.include({ totalFiles: 3, totalIsExact: false });
  });

  it('are distinguished by their model', () => {
    const load = new Load();
    load.hear('progress', 'config.json', { loaded: 10, total: 10 });
    load.hear('progress', 'config.json', { loaded: 20, total: 20 }, 'org/other');
    expect(load.files).to.deep.equal(['config.json', 'org/other/config.json']);
    expect(load.now.totalDownloaded).to.equal(30);
  });

  it('leave the plan if the server does not have them', () => {
    const load = new Load({ plan: two, hasTransfer: true });
    load.hear('transfer', 'a.json', { phase: 'absent', loaded: 0, stored: 0 });
    expect(load.now.totalSize).to.equal(900);
    expect(load.hear('transfer', 'b.onnx', { phase: 'done', loaded: 900, stored: 0, total: 900 })).to.include({
      status: 'loading',
      overallProgress: 100,
    });
  });

  it('are those of a new plan, and those that were requested', () => {
    const load = new Load({ plan: two });
    load.hear('progress', 'a.json', { loaded: 50, total: 100 });
    load.hear('plan', undefined, { files: [{ file: 'c.onnx', size: 300 }] });
    expect(load.files).to.deep.equal(['a.json', 'c.onnx']);
    expect(load.now).to.include({ totalSize: 400, totalIsExact: false });
  });

  it('are frozen each time, and new objects only after a change', () => {
    const load = new Load({ plan: two });
    const before = load.now.files;
    expect(load.now.files).to.equal(before);
    const after = load.hear('progress', 'a.json', { loaded: 50, total: 100 }).files;
    expect(after).to.not.equal(before);
    expect(after[1]).to.equal(before[1]);
    expect(before[0]?.loaded).to.equal(0);
  });

  it('that never arrived are removed when the load is complete', () => {
    const load = new Load({ plan: two });
    load.hear('progress', 'b.onnx', { loaded: 900, total: 900 });
    load.hear('initiate', 'generation_config.json');
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
    load.hear('progress', 'a.json', { loaded: 100, total: 100 });
    load.hear('done', 'a.json');
    load.hear('progress', 'b.onnx', { loaded: 300, total: 900 });
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
    load.hear('progress', 'a.json', { loaded: 100, total: 100 });
    load.hear('progress', 'b.onnx', { loaded: 300, total: 900 });
    expect(load.now).to.include({ totalDownloaded: 400, bytesFromCache: 100, bytesFromNetwork: 300 });
  });

  it('count stored bytes as from this device, and never negative bytes from the network', () => {
    const load = new Load({ plan: two, hasTransfer: true });
    load.hear('transfer', 'b.onnx', receiving(300, 900, { stored: 300 }));
    expect(load.now).to.include({ bytesFromCache: 300, bytesFromNetwork: 0 });
    load.hear('transfer', 'b.onnx', receiving(500, 900, { stored: 300 }));
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
    load.hear('progress', 'a.onnx', { loaded: 40_000, total: 4_000_000 });
    for (let loaded = 0; loaded <= 200_000; loaded += 10_000) {
      load.hear('progress', 'b.onnx', { loaded, total: 400_000 });
      clock.advance(250);
    }
    expect(load.now.timeRemaining).to.be.closeTo(5, 1);
  });

  it('count the complete files', () => {
    const load = new Load({ plan: two });
    expect(load.now).to.include({ filesCompleted: 0, totalFiles: 2 });
    load.hear('done', 'a.json');
    expect(load.now).to.include({ filesCompleted: 1, totalDownloaded: 100 });
    load.hear('done', 'a.json');
    expect(load.now.filesCompleted).to.equal(1);
  });

  it('exclude a runtime’s file that is in no plan, and include one that was announced', () => {
    const load = new Load({ plan: two });
    load.hear('transfer', 'ort-wasm-simd.wasm', { phase: 'receiving', loaded: 5_000, stored: 0, total: 9_000, isRuntime: true });
    expect(load.now).to.include({ totalDownloaded: 0, totalSize: 1_000 });
    load.hear('transfer', 'ort-wasm-simd.wasm', { phase: 'planned', loaded: 0, stored: 0, total: 9_000 });
    expect(load.now).to.include({ totalDownloaded: 5_000, totalSize: 10_000 });
  });

  it('do not wait for an optional file whose request was never answered', () => {
    const load = new Load({ plan: two });
    load.hear('initiate', 'generation_config.json');
    expect(load.now.totalSize).to.equal(1_000);
    load.hear('download', 'generation_config.json');
    expect(load.now.totalSize).to.equal(undefined);
  });
});
