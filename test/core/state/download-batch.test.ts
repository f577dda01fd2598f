import { expect } from 'chai';
import type { DownloadState, DownloadStateFields } from 'model-download/core';
import { DownloadBatch, NO_ACTIONS, toDownloadState } from '#dist/core/internal.js';

const MB = 1_000_000;

function stateOf(modelKey: string, fields: Partial<DownloadStateFields>): DownloadState {
  return toDownloadState({
    modelKey,
    modelName: modelKey,
    status: 'downloading',
    lastUpdate: 0,
    bytesDownloaded: 0,
    attempt: 0,
    maxAttempts: 3,
    can: NO_ACTIONS,
    ...fields,
  });
}

function batchOf(...states: readonly DownloadState[]): DownloadBatch {
  const batch = new DownloadBatch();
  for (const state of states) batch.apply(state);
  return batch;
}

describe('several downloads as one', () => {
  it('have the sum of their bytes and speeds, in the order of their requests', () => {
    const { summary } = batchOf(
      stateOf('b', { bytesDownloaded: 10 * MB, totalBytes: 40 * MB, speed: MB, timeRemaining: 30 }),
      stateOf('a', { bytesDownloaded: 20 * MB, totalBytes: 60 * MB, speed: 3 * MB, timeRemaining: 14 }),
    );
    expect(summary.modelKeys).to.deep.equal(['b', 'a']);
    expect(summary).to.include({
      bytesDownloaded: 30 * MB,
      totalBytes: 100 * MB,
      progress: 30,
      speed: 4 * MB,
      running: 2,
      status: 'downloading',
    });
    expect(summary.timeRemaining, 'of the slowest').to.equal(30);
  });

  it('have no percentage while one size is unknown, and no time left while one has stopped', () => {
    const known = stateOf('a', { bytesDownloaded: MB, totalBytes: 2 * MB, speed: MB, timeRemaining: 1 });
    expect(batchOf(known, stateOf('b', { status: 'queued' })).summary).to.include({
      progress: undefined,
      totalBytes: undefined,
      timeRemaining: undefined,
      queued: 1,
    });
    const stalled = stateOf('b', { status: 'stalled', totalBytes: MB, speed: 0 });
    expect(batchOf(known, stalled).summary).to.include({ progress: (1 / 3) * 100, timeRemaining: undefined, speed: MB });
  });

  it('include those that have ended while another is active, and are at 100 % only when all are', () => {
    const batch = batchOf(stateOf('a', { totalBytes: MB }), stateOf('b', { totalBytes: 3 * MB }));
    batch.apply(stateOf('a', { status: 'completed', bytesDownloaded: MB, totalBytes: MB }));
    expect(batch.summary).to.include({ progress: 25, completed: 1, running: 1 });
    batch.apply(stateOf('b', { status: 'completed', bytesDownloaded: 3 * MB, totalBytes: 3 * MB }));
    expect(batch.summary).to.include({ progress: 100, completed: 2, status: 'completed' });
    batch.apply(stateOf('c', { status: 'queued' }));
    expect(batch.summary.modelKeys).to.deep.equal(['c']);
  });

  it('do not include cancelled downloads, or models that were only defined', () => {
    const batch = batchOf(stateOf('a', { status: 'idle' }), stateOf('b', { status: 'completed' }), stateOf('c', {}));
    expect(batch.summary.modelKeys).to.deep.equal(['c']);
    batch.apply(stateOf('c', { status: 'cancelled' }));
    expect(batch.summary).to.include({ status: 'idle', progress: undefined, bytesDownloaded: 0, totalBytes: undefined });
  });
});
