import { expect } from 'chai';
import type { DownloadState, DownloadStateFields, DownloadStatus } from 'model-download/core';
import { DownloadBatch, NO_ACTIONS, summarize, toDownloadState } from '#dist/core/internal.js';

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
    const { states } = batchOf(
      stateOf('b', { bytesDownloaded: 10 * MB, totalBytes: 40 * MB, speed: MB, timeRemaining: 30 }),
      stateOf('a', { bytesDownloaded: 20 * MB, totalBytes: 60 * MB, speed: 3 * MB, timeRemaining: 14 }),
    );
    const summary = summarize(states);
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
    expect(summarize(batchOf(known, stateOf('b', { status: 'queued' })).states)).to.include({
      progress: undefined,
      totalBytes: undefined,
      timeRemaining: undefined,
      queued: 1,
    });
    const stalled = stateOf('b', { status: 'stalled', totalBytes: MB, speed: 0 });
    expect(summarize(batchOf(known, stalled).states)).to.include({ progress: (1 / 3) * 100, timeRemaining: undefined, speed: MB });
  });

  it('have the known bytes, and 100 % when all are completed, though the bytes of one are unknown', () => {
    const unseen = stateOf('b', { status: 'checking', bytesDownloaded: undefined });
    const batch = batchOf(stateOf('a', { bytesDownloaded: MB, totalBytes: MB }), unseen);
    expect(summarize(batch.states)).to.include({ bytesDownloaded: MB, totalBytes: undefined, progress: undefined });
    for (const state of batch.states) batch.apply(stateOf(state.modelKey, { ...state, status: 'completed' }));
    expect(summarize(batch.states)).to.include({ bytesDownloaded: MB, totalBytes: undefined, progress: 100 });
  });

  it('include those that have ended while another is active, and are at 100 % only when all are', () => {
    const batch = batchOf(stateOf('a', { totalBytes: MB }), stateOf('b', { totalBytes: 3 * MB }));
    batch.apply(stateOf('a', { status: 'completed', bytesDownloaded: MB, totalBytes: MB }));
    expect(summarize(batch.states)).to.include({ progress: 25, completed: 1, running: 1 });
    batch.apply(stateOf('b', { status: 'completed', bytesDownloaded: 3 * MB, totalBytes: 3 * MB }));
    expect(summarize(batch.states)).to.include({ progress: 100, completed: 2, status: 'completed' });
    batch.apply(stateOf('c', { status: 'queued' }));
    expect(summarize(batch.states).modelKeys).to.deep.equal(['c']);
  });

  it('do not include cancelled downloads, or models that were only defined', () => {
    const batch = batchOf(stateOf('a', { status: 'idle' }), stateOf('b', { status: 'completed' }), stateOf('c', {}));
    expect(summarize(batch.states).modelKeys).to.deep.equal(['c']);
    batch.apply(stateOf('c', { status: 'cancelled' }));
    expect(summarize(batch.states)).to.include({ status: 'idle', progress: undefined, bytesDownloaded: 0, totalBytes: undefined });
  });

  it('have the most significant status among them', () => {
    const order: readonly DownloadStatus[] = [
      'downloading',
      'stalled',
      'waiting',
      'checking',
      'preparing',
      'queued',
      'failed',
      'paused',
      'completed',
    ];
    const batch = new DownloadBatch();
    // Each download starts, so that it belongs to the batch, and takes its own status then.
    for (const key of order) batch.apply(stateOf(key, { status: 'queued' }));
    for (const status of order) batch.apply(stateOf(status, { status }));
    for (const status of order) {
      expect(summarize(batch.states).status).to.equal(status);
      batch.apply(stateOf(status, { status: 'cancelled' }));
    }
    expect(summarize(batch.states).status).to.equal('idle');
  });

  it('count those that run, wait for a slot, are complete or have failed', () => {
    const running = ['checking', 'downloading', 'stalled', 'waiting', 'preparing', 'paused'] as const;
    for (const status of running) {
      expect(summarize(batchOf(stateOf('a', { status })).states), status).to.include({ running: 1, queued: 0, completed: 0, failed: 0 });
    }
    const batch = batchOf(stateOf('a', {}), stateOf('b', { status: 'queued' }), stateOf('c', { status: 'queued' }));
    batch.apply(stateOf('c', { status: 'failed' }));
    expect(summarize(batch.states)).to.include({ running: 1, queued: 1, completed: 0, failed: 1 });
  });

  it('have no total while that of any is unknown, whichever it is', () => {
    const [unknown, known] = [{ bytesDownloaded: 1 }, { bytesDownloaded: 1, totalBytes: 10 }];
    for (const sizes of [
      [unknown, known],
      [known, unknown, known],
      [known, unknown],
    ]) {
      const summary = summarize(batchOf(...sizes.map((figures, index) => stateOf(`${index}`, figures))).states);
      expect(summary).to.include({ totalBytes: undefined, progress: undefined, bytesDownloaded: sizes.length });
    }
  });

  it('have the speed of those that download', () => {
    const paused = stateOf('a', { status: 'paused' });
    expect(summarize(batchOf(paused).states).speed).to.equal(undefined);
    expect(summarize(batchOf(paused, stateOf('b', {})).states).speed).to.equal(undefined);
    expect(summarize(batchOf(paused, stateOf('b', { speed: 7 }), stateOf('c', {})).states).speed).to.equal(7);
    expect(summarize(batchOf(stateOf('a', { status: 'stalled' }), stateOf('b', { speed: 7 })).states).speed, 'beside a stall').to.equal(7);
    expect(summarize(batchOf(stateOf('a', { status: 'stalled' })).states).speed, 'a stall alone').to.equal(undefined);
  });

  describe('have a time left', () => {
    const known = stateOf('known', { bytesDownloaded: 50, totalBytes: 100, speed: 10, timeRemaining: 4 });
    const timeWith = (status: DownloadStatus, fields: Partial<DownloadStateFields> = {}): number | undefined => {
      const batch = batchOf(known, stateOf('other', { status: 'queued' }));
      batch.apply(stateOf('other', { status, totalBytes: 50, ...fields }));
      return summarize(batch.states).timeRemaining;
    };

    it('of all bytes that are left at the common speed', () => {
      expect(summarize(batchOf(known).states).timeRemaining).to.equal(5);
      for (const status of ['queued', 'checking', 'preparing'] as const) expect(timeWith(status), status).to.equal(10);
      expect(timeWith('completed', { bytesDownloaded: 50 })).to.equal(5);
    });

    it('of the slowest if that is longer', () => {
      expect(timeWith('downloading', { speed: 1, timeRemaining: 50 })).to.equal(50);
    });

    it('not while one has stopped', () => {
      for (const status of ['stalled', 'waiting', 'paused', 'failed'] as const) expect(timeWith(status), status).to.equal(undefined);
    });

    it('not while the time of one that downloads is unknown', () => {
      expect(timeWith('downloading', { speed: 5 })).to.equal(undefined);
    });

    it('not while no byte arrives', () => {
      expect(summarize(batchOf(stateOf('a', { totalBytes: 100, speed: 0 })).states).timeRemaining).to.equal(undefined);
      expect(summarize(batchOf(stateOf('a', { totalBytes: 100 })).states).timeRemaining).to.equal(undefined);
    });
  });

  it('have 100 % of the bytes before all are complete, and never more', () => {
    const full = { bytesDownloaded: 100, totalBytes: 100 };
    const batch = batchOf(stateOf('a', full), stateOf('b', full));
    batch.apply(stateOf('a', { ...full, status: 'completed' }));
    expect(summarize(batch.states)).to.include({ progress: 100, status: 'downloading' });
    expect(summarize(batchOf(stateOf('a', { bytesDownloaded: 120, totalBytes: 100 })).states).progress).to.equal(100);
  });

  it('have a percentage also without a byte to download', () => {
    const batch = batchOf(stateOf('a', { totalBytes: 0 }));
    expect(summarize(batch.states).progress).to.equal(0);
    batch.apply(stateOf('a', { status: 'completed', totalBytes: 0 }));
    expect(summarize(batch.states).progress).to.equal(100);
  });

  it('are full when all are complete, though fewer bytes came than were planned', () => {
    const batch = batchOf(stateOf('a', { totalBytes: 100 }), stateOf('b', { totalBytes: 100 }));
    for (const key of ['a', 'b']) batch.apply(stateOf(key, { status: 'completed', bytesDownloaded: 90, totalBytes: 100 }));
    expect(summarize(batch.states)).to.include({ progress: 100, bytesDownloaded: 180, totalBytes: 200 });
  });

  it('leave the batch when they are cancelled or idle again', () => {
    for (const status of ['idle', 'cancelled'] as const) {
      const batch = batchOf(stateOf('a', {}), stateOf('b', {}));
      batch.apply(stateOf('a', { status }));
      expect(summarize(batch.states).modelKeys, status).to.deep.equal(['b']);
      expect(batch.states.map(({ modelKey }) => modelKey)).to.deep.equal(['b']);
    }
  });

  it('stay in one batch while any runs, and begin another after all have ended', () => {
    const batch = batchOf(stateOf('a', {}), stateOf('b', {}));
    batch.apply(stateOf('a', { status: 'failed' }));
    batch.apply(stateOf('c', {}));
    expect(summarize(batch.states).modelKeys).to.deep.equal(['a', 'b', 'c']);
    batch.apply(stateOf('b', { status: 'completed' }));
    batch.apply(stateOf('c', { status: 'failed' }));
    batch.apply(stateOf('d', { status: 'queued' }));
    expect(summarize(batch.states).modelKeys).to.deep.equal(['d']);
    batch.apply(stateOf('e', { status: 'failed' }));
    expect(summarize(batch.states).modelKeys, 'an end without a start').to.deep.equal(['d']);
  });

  it('have a frozen summary', () => {
    const summary = summarize(batchOf(stateOf('a', {})).states);
    expect([Object.isFrozen(summary), Object.isFrozen(summary.modelKeys)]).to.deep.equal([true, true]);
  });
});
