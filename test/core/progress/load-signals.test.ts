import { expect } from 'chai';
import { MultiFileProgressTracker, type LoadSignal, type TransferSignal } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';

const MB = 1_000_000;
const name = 'org/model';
const file = 'onnx/model.onnx';

const transfer = (fields: Partial<TransferSignal>): TransferSignal => ({
  status: 'transfer',
  name,
  file,
  phase: 'receiving',
  loaded: 0,
  stored: 0,
  total: 10 * MB,
  ...fields,
});

function tracked() {
  const clock = new FakeClock();
  const tracker = new MultiFileProgressTracker(undefined, { clock });
  return { clock, tracker, report: (signal: LoadSignal) => tracker.handleSignal(signal) };
}

describe('MultiFileProgressTracker.handleSignal', () => {
  it('counts the bytes of a transfer against the plan', () => {
    const { tracker, report } = tracked();
    report({ status: 'plan', name, files: [{ file, size: 10 * MB }] });
    report(transfer({ loaded: 4 * MB, stored: MB }));
    expect(tracker.getSnapshot()).to.include({
      status: 'download',
      overallProgress: 40,
      totalDownloaded: 4 * MB,
      totalSize: 10 * MB,
      bytesFromCache: MB,
      bytesFromNetwork: 3 * MB,
    });
    report(transfer({ phase: 'done', loaded: 10 * MB, stored: MB }));
    expect(tracker.getSnapshot()).to.include({ status: 'loading', overallProgress: 100, filesCompleted: 1 });
  });

  it('shows a share if no bytes are known', () => {
    const { tracker, report } = tracked();
    report({ status: 'share', name: '', file: 'shard 1', share: 0.25, phase: 'download' });
    expect(tracker.getSnapshot()).to.include({ status: 'download', overallProgress: 25, currentFile: 'shard 1', totalSize: undefined });
  });

  it('ignores unusable entries of a plan, since a page may have passed them', () => {
    const { tracker, report } = tracked();
    report({
      status: 'plan',
      name,
      files: [
        { file: '', size: MB },
        { file: '/config.json', size: NaN },
        { file, size: 10 * MB },
      ],
    });
    const { files, totalSize } = tracker.getSnapshot();
    expect(files.map((info) => info.file)).to.deep.equal(['config.json', file]);
    expect(totalSize).to.equal(undefined);
  });

  it('accepts both signals and events of a runtime for one file', () => {
    const { tracker, report } = tracked();
    report(transfer({ loaded: 4 * MB }));
    tracker.handleFileProgress({ status: 'progress', name, file, loaded: 4 * MB, total: 10 * MB });
    expect(tracker.getSnapshot().totalDownloaded).to.equal(4 * MB);
    expect(tracker.getSnapshot().files).to.have.lengthOf(1);
  });

  it('changes nothing after the end', () => {
    const { tracker, report } = tracked();
    report(transfer({ loaded: 4 * MB }));
    tracker.error(new Error('broken'));
    report(transfer({ loaded: 8 * MB }));
    expect(tracker.getSnapshot()).to.include({ status: 'failed', totalDownloaded: 4 * MB });
  });

  it('notifies the callback of each signal', () => {
    const loaded: number[] = [];
    const tracker = new MultiFileProgressTracker((info) => loaded.push(info.totalDownloaded), { clock: new FakeClock() });
    tracker.handleSignal(transfer({ loaded: MB }));
    tracker.handleSignal(transfer({ loaded: 2 * MB }));
    expect(loaded).to.deep.equal([MB, 2 * MB]);
  });
});
