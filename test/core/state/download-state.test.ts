import { expect } from 'chai';
import type { DownloadState, DownloadStatus } from 'model-download/core';
import { canFollow, isActive, isDownloadStatus, NO_ACTIONS } from '#dist/core/state/download-state.js';

const common = { modelKey: 'phi', modelName: 'Phi', lastUpdate: 0, bytesDownloaded: 0, attempt: 0, maxAttempts: 3, can: NO_ACTIONS };

const ACTIVE: readonly DownloadStatus[] = ['queued', 'checking', 'downloading', 'paused', 'stalled', 'waiting', 'preparing'];
const ENDS: readonly DownloadStatus[] = ['completed', 'failed', 'cancelled'];

describe('DownloadState', () => {
  it('compiles for what each status can have', () => {
    const states: readonly DownloadState[] = [
      { ...common, status: 'idle', cached: false, cachedBytes: 5, excludesRuntime: true, totalBytes: 10 },
      { ...common, status: 'queued', startTime: 1 },
      { ...common, status: 'checking', progress: 12 },
      { ...common, status: 'downloading', progress: 12, speed: 5, timeRemaining: 3 },
      { ...common, status: 'stalled', speed: 0 },
      { ...common, status: 'paused', error: 'Failed to fetch', failureCode: 'network' },
      { ...common, status: 'waiting', retryAt: 5, error: 'Failed to fetch', failureCode: 'network' },
      { ...common, status: 'preparing', isSlowToStart: true },
      { ...common, status: 'completed', progress: 100, kept: true },
      { ...common, status: 'failed', failureCode: 'http' },
      { ...common, status: 'cancelled', progress: 12 },
    ];
    expect(new Set(states.map(({ status }) => status)).size).to.equal(11);
  });

  it('has its common fields without a check of the status, and the narrow ones with it', () => {
    const read = (state: DownloadState): readonly unknown[] => {
      const { status, progress, bytesDownloaded, totalBytes, speed, timeRemaining, error, failureCode, retryAt } = state;
      const whole: 100 | undefined = state.status === 'completed' ? state.progress : undefined;
      const code: string | undefined = state.status === 'failed' ? state.failureCode.toUpperCase() : undefined;
      return [status, progress, bytesDownloaded, totalBytes, speed, timeRemaining, error, failureCode, retryAt, whole, code];
    };
    expect(read({ ...common, status: 'failed', failureCode: 'http' })).to.include('HTTP');
    expect(read({ ...common, status: 'completed', progress: 100 })).to.include(100);
  });

  it('does not compile for what a status cannot have', () => {
    const states: readonly DownloadState[] = [
      // @ts-expect-error A completed download has every byte.
      { ...common, status: 'completed', progress: 12 },
      // @ts-expect-error A completed download has a percentage.
      { ...common, status: 'completed' },
      // @ts-expect-error A completed download did not fail.
      { ...common, status: 'completed', progress: 100, failureCode: 'network' },
      // @ts-expect-error A failed download has a code.
      { ...common, status: 'failed' },
      // @ts-expect-error Only a waiting download counts down.
      { ...common, status: 'failed', failureCode: 'http', retryAt: 5 },
      // @ts-expect-error Only a waiting download counts down.
      { ...common, status: 'paused', retryAt: 5 },
      // @ts-expect-error A paused download transfers nothing.
      { ...common, status: 'paused', speed: 5 },
      // @ts-expect-error A stalled download has a speed of 0.
      { ...common, status: 'stalled', speed: 5 },
      // @ts-expect-error The end of a stall is not known.
      { ...common, status: 'stalled', timeRemaining: 5 },
      // @ts-expect-error Before the first byte there is no speed.
      { ...common, status: 'checking', speed: 5 },
      // @ts-expect-error The length of a start is not known.
      { ...common, status: 'preparing', timeRemaining: 5 },
      // @ts-expect-error Only a start can be slow.
      { ...common, status: 'downloading', isSlowToStart: true },
      // @ts-expect-error A running download has no failure.
      { ...common, status: 'downloading', error: 'Failed to fetch' },
      // @ts-expect-error A cancelled download did not fail.
      { ...common, status: 'cancelled', failureCode: 'aborted' },
      // @ts-expect-error An idle download has no progress.
      { ...common, status: 'idle', progress: 12 },
      // @ts-expect-error Only an idle download has the values of a future load.
      { ...common, status: 'queued', cachedBytes: 5 },
      // @ts-expect-error There is no such status.
      { ...common, status: 'done' },
    ];
    expect(states).to.have.lengthOf(17);
  });
});

describe('canFollow', () => {
  it('starts an idle download or restores it as paused', () => {
    expect([...ACTIVE, ...ENDS].filter((to) => canFollow('idle', to))).to.deep.equal(['queued', 'paused']);
  });

  it('allows every change between active statuses, and every end', () => {
    for (const from of ACTIVE) for (const to of [...ACTIVE, ...ENDS]) expect(canFollow(from, to), `${from} to ${to}`).to.equal(true);
    for (const from of ACTIVE) expect(canFollow(from, 'idle')).to.equal(false);
  });

  it('leaves an end only for another start, and a failure for a cancel', () => {
    const all: readonly DownloadStatus[] = ['idle', ...ACTIVE, ...ENDS];
    const after = (from: DownloadStatus): readonly DownloadStatus[] => all.filter((to) => to !== from && canFollow(from, to));
    expect(after('completed')).to.deep.equal(['queued']);
    expect(after('failed')).to.deep.equal(['queued', 'cancelled']);
    expect(after('cancelled')).to.deep.equal(['queued']);
    for (const status of all) expect(canFollow(status, status)).to.equal(true);
  });
});

describe('isActive', () => {
  it('holds between a start and an end', () => {
    expect(ACTIVE.every(isActive)).to.equal(true);
    expect((['idle', ...ENDS] as const).some(isActive)).to.equal(false);
  });
});

describe('isDownloadStatus', () => {
  it('holds for every status', () => {
    for (const status of ['idle', ...ACTIVE, ...ENDS]) expect(isDownloadStatus(status), status).to.equal(true);
  });

  it('does not hold for other texts, nor for values of another type', () => {
    const others = [
      '',
      'done',
      'IDLE',
      'toString',
      'constructor',
      '__proto__',
      undefined,
      null,
      0,
      true,
      ['idle'],
      { toString: () => 'idle' },
    ];
    for (const value of others) expect(isDownloadStatus(value), String(value)).to.equal(false);
  });
});

describe('NO_ACTIONS', () => {
  it('offers nothing, and cannot be changed', () => {
    expect(NO_ACTIONS).to.deep.equal({ pause: false, resume: false, cancel: false, retry: false, restart: false });
    expect(Object.isFrozen(NO_ACTIONS)).to.equal(true);
  });
});
