import { expect } from 'chai';
import type { DownloadStateFields, DownloadStatus } from 'model-download/core';
import { summarize } from '#dist/core/internal.js';
import { stateOf } from '../../support/state-of.js';

const MB = 1_000_000;

describe('the summary of several downloads', () => {
  it('has the sum of their bytes and speeds, in the order of their requests', () => {
    const summary = summarize([
      stateOf('b', { bytesDownloaded: 10 * MB, totalBytes: 40 * MB, speed: MB, timeRemaining: 30 }),
      stateOf('a', { bytesDownloaded: 20 * MB, totalBytes: 60 * MB, speed: 3 * MB, timeRemaining: 14 }),
    ]);
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

  it('is idle and without figures for no download', () => {
    expect(summarize([])).to.deep.equal({
      modelKeys: [],
      status: 'idle',
      running: 0,
      queued: 0,
      completed: 0,
      failed: 0,
      progress: undefined,
      bytesDownloaded: 0,
      totalBytes: undefined,
      speed: undefined,
      timeRemaining: undefined,
    });
  });

  it('has no percentage while one size is unknown, and no time left while one has stopped', () => {
    const known = stateOf('a', { bytesDownloaded: MB, totalBytes: 2 * MB, speed: MB, timeRemaining: 1 });
    expect(summarize([known, stateOf('b', { status: 'queued' })])).to.include({
      progress: undefined,
      totalBytes: undefined,
      timeRemaining: undefined,
      queued: 1,
    });
    const stalled = stateOf('b', { status: 'stalled', totalBytes: MB, speed: 0 });
    expect(summarize([known, stalled])).to.include({ progress: (1 / 3) * 100, timeRemaining: undefined, speed: MB });
  });

  it('has the known bytes, and 100 % when all are completed, though the bytes of one are unknown', () => {
    const states = [
      stateOf('a', { bytesDownloaded: MB, totalBytes: MB }),
      stateOf('b', { status: 'checking', bytesDownloaded: undefined }),
    ];
    expect(summarize(states)).to.include({ bytesDownloaded: MB, totalBytes: undefined, progress: undefined });
    const completed = states.map((state) => stateOf(state.modelKey, { ...state, status: 'completed' }));
    expect(summarize(completed)).to.include({ bytesDownloaded: MB, totalBytes: undefined, progress: 100 });
  });

  it('includes those that have ended, and is at 100 % only when all are completed', () => {
    const ended = stateOf('a', { status: 'completed', bytesDownloaded: MB, totalBytes: MB });
    expect(summarize([ended, stateOf('b', { totalBytes: 3 * MB })])).to.include({ progress: 25, completed: 1, running: 1 });
    const last = stateOf('b', { status: 'completed', bytesDownloaded: 3 * MB, totalBytes: 3 * MB });
    expect(summarize([ended, last])).to.include({ progress: 100, completed: 2, running: 0, status: 'completed' });
  });

  it('has the most significant status among them', () => {
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
    // The most significant last, so that its place in the list does not matter.
    const states = order.map((status) => stateOf(status, { status })).reverse();
    for (const status of order) {
      expect(summarize(states).status).to.equal(status);
      states.pop();
    }
  });

  it('counts those that run, wait for a slot, are complete or have failed', () => {
    const running = ['checking', 'downloading', 'stalled', 'waiting', 'preparing', 'paused'] as const;
    for (const status of running) {
      expect(summarize([stateOf('a', { status })]), status).to.include({ running: 1, queued: 0, completed: 0, failed: 0 });
    }
    const states = [stateOf('a'), ...(['queued', 'failed', 'completed'] as const).map((status) => stateOf(status, { status }))];
    expect(summarize(states)).to.include({ running: 1, queued: 1, completed: 1, failed: 1 });
  });

  it('has no total while that of any is unknown, whichever it is', () => {
    const [unknown, known] = [{ bytesDownloaded: 1 }, { bytesDownloaded: 1, totalBytes: 10 }];
    for (const sizes of [
      [unknown, known],
      [known, unknown, known],
      [known, unknown],
    ]) {
      const summary = summarize(sizes.map((figures, index) => stateOf(`${index}`, figures)));
      expect(summary).to.include({ totalBytes: undefined, progress: undefined, bytesDownloaded: sizes.length });
    }
  });

  it('has the speed of those that download', () => {
    const paused = stateOf('a', { status: 'paused' });
    const stalled = stateOf('a', { status: 'stalled' });
    expect(summarize([paused]).speed).to.equal(undefined);
    expect(summarize([paused, stateOf('b')]).speed).to.equal(undefined);
    expect(summarize([paused, stateOf('b', { speed: 7 }), stateOf('c')]).speed).to.equal(7);
    expect(summarize([stalled, stateOf('b', { speed: 7 })]).speed, 'beside a stall').to.equal(7);
    expect(summarize([stalled]).speed, 'a stall alone').to.equal(undefined);
  });

  describe('has a time left', () => {
    const known = stateOf('known', { bytesDownloaded: 50, totalBytes: 100, speed: 10, timeRemaining: 4 });
    const timeWith = (status: DownloadStatus, fields: Partial<DownloadStateFields> = {}): number | undefined =>
      summarize([known, stateOf('other', { status, totalBytes: 50, ...fields })]).timeRemaining;

    it('of all bytes that are left at the common speed', () => {
      expect(summarize([known]).timeRemaining).to.equal(5);
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
      expect(summarize([stateOf('a', { totalBytes: 100, speed: 0 })]).timeRemaining).to.equal(undefined);
      expect(summarize([stateOf('a', { totalBytes: 100 })]).timeRemaining).to.equal(undefined);
    });
  });

  it('has 100 % of the bytes before all are complete, and never more', () => {
    const full = { bytesDownloaded: 100, totalBytes: 100 };
    const states = [stateOf('a', { ...full, status: 'completed' }), stateOf('b', full)];
    expect(summarize(states)).to.include({ progress: 100, status: 'downloading' });
    expect(summarize([stateOf('a', { bytesDownloaded: 120, totalBytes: 100 })]).progress).to.equal(100);
  });

  it('has a percentage also without a byte to download', () => {
    expect(summarize([stateOf('a', { totalBytes: 0 })]).progress).to.equal(0);
    expect(summarize([stateOf('a', { status: 'completed', totalBytes: 0 })]).progress).to.equal(100);
  });

  it('is full when all are complete, though fewer bytes came than were planned', () => {
    const states = ['a', 'b'].map((key) => stateOf(key, { status: 'completed', bytesDownloaded: 90, totalBytes: 100 }));
    expect(summarize(states)).to.include({ progress: 100, bytesDownloaded: 180, totalBytes: 200 });
  });

  it('is frozen', () => {
    const summary = summarize([stateOf('a')]);
    expect([Object.isFrozen(summary), Object.isFrozen(summary.modelKeys)]).to.deep.equal([true, true]);
  });
});
