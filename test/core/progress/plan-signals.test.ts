import { expect } from 'chai';
import { MultiFileProgressTracker, type PlanEntry } from 'model-download/core';
import type { PlanSignal } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';
import { download, initiate, MODEL, progress, sendFile } from '../../support/transformers-events.js';

const MB = 1_000_000;
const CONFIG = 'config.json';
const FILE = 'onnx/model.onnx';

const plan = (...files: PlanEntry[]): PlanSignal => ({ status: 'plan', name: MODEL, files });

function tracked(options: { readonly plan?: readonly PlanEntry[] } = {}) {
  const tracker = new MultiFileProgressTracker(undefined, { clock: new FakeClock(), ...options });
  return { tracker, send: (event: unknown) => tracker.handleFileProgress(event) };
}

describe('a plan that is reported before the first byte', () => {
  it('makes the total exact, and the percentage refer to all files', () => {
    const { tracker, send } = tracked();
    send(plan({ file: CONFIG, size: MB }, { file: FILE, size: 9 * MB }));
    expect(tracker.getSnapshot()).to.include({
      status: 'waiting',
      totalSize: 10 * MB,
      totalIsExact: true,
      totalFiles: 2,
      overallProgress: 0,
    });
    sendFile(send, CONFIG, MB);
    expect(tracker.getSnapshot()).to.include({ overallProgress: 10, filesCompleted: 1 });
  });

  it('takes precedence over the plan of the last load, and over the list of version 4', () => {
    const { tracker, send } = tracked({
      plan: [
        { file: FILE, size: 5 * MB },
        { file: 'old.onnx', size: 90 * MB },
      ],
    });
    send(plan({ file: FILE, size: 10 * MB }));
    send({ status: 'progress_total', name: MODEL, progress: 0, loaded: 0, total: 2, files: { [CONFIG]: { loaded: 0, total: 50 * MB } } });
    expect(tracker.getSnapshot()).to.include({ totalSize: 10 * MB, totalFiles: 1 });
  });

  it('can be empty; then the runtime’s own list is used', () => {
    const { tracker, send } = tracked({ plan: [{ file: FILE, size: 5 * MB }] });
    send(plan());
    expect(tracker.getSnapshot()).to.include({ totalSize: undefined, totalIsExact: false, overallProgress: undefined });
    send({ status: 'progress_total', name: MODEL, progress: 0, loaded: 0, total: 2, files: { [FILE]: { loaded: 0, total: 20 * MB } } });
    expect(tracker.getSnapshot().totalSize).to.equal(20 * MB);
  });

  it('keeps the bytes of files that have started, if it arrives late', () => {
    const { tracker, send } = tracked();
    send(initiate(FILE));
    send(download(FILE));
    send(progress(FILE, 2 * MB, 10 * MB));
    expect(tracker.getSnapshot().overallProgress).to.equal(undefined);
    send(plan({ file: FILE, size: 10 * MB }, { file: CONFIG, size: 10 * MB }));
    expect(tracker.getSnapshot()).to.include({ totalDownloaded: 2 * MB, overallProgress: 10 });
  });

  it('lists the files on this device, without a transfer layer', () => {
    const { tracker, send } = tracked();
    send(plan({ file: FILE, size: 10 * MB, cached: true }));
    sendFile(send, FILE, 10 * MB);
    expect(tracker.getSnapshot()).to.include({ bytesFromCache: 10 * MB, bytesFromNetwork: 0 });
  });

  it('ignores invalid entries', () => {
    const { tracker, send } = tracked();
    send({ status: 'plan', name: MODEL, files: 'all' });
    send({ status: 'plan', name: MODEL, files: [{ file: '' }, null, { file: FILE, size: -1 }] });
    expect(tracker.getSnapshot()).to.include({ totalFiles: 1, totalSize: undefined });
  });

  it('recognizes a file by its name without the slash that an empty subfolder leaves', () => {
    const { tracker, send } = tracked();
    send(plan({ file: 'model.onnx', size: 10 * MB }));
    sendFile(send, '/model.onnx', 10 * MB);
    expect(tracker.getSnapshot()).to.include({ totalFiles: 1, filesCompleted: 1 });
  });
});
