import { expect } from 'chai';
import type { DownloadStateFields, DownloadStatus } from 'model-download/core';
import { NO_ACTIONS } from '#dist/core/state/download-state.js';
import { toDownloadState } from '#dist/core/state/to-download-state.js';

const fields: Omit<DownloadStateFields, 'status'> = {
  modelKey: 'phi',
  modelName: 'Phi',
  lastUpdate: 7,
  progress: 12,
  bytesDownloaded: 12,
  totalBytes: 100,
  speed: 5,
  timeRemaining: 3,
  error: 'Failed to fetch',
  failureCode: 'network',
  attempt: 1,
  maxAttempts: 3,
  retryAt: 9,
  isSlowToStart: true,
  kept: true,
  cached: false,
  cachedBytes: 5,
  excludesRuntime: true,
  fits: true,
  can: NO_ACTIONS,
};

/** The fields that a state with this status keeps. */
function detailsOf(status: DownloadStatus): readonly string[] {
  const state = toDownloadState({ ...fields, status });
  const details = ['speed', 'timeRemaining', 'error', 'failureCode', 'retryAt', 'isSlowToStart', 'cachedBytes', 'excludesRuntime'] as const;
  return details.filter((name) => state[name] !== undefined);
}

describe('toDownloadState', () => {
  it('keeps the fields of the status and no others', () => {
    const failure = ['error', 'failureCode'];
    expect(detailsOf('idle')).to.deep.equal(['cachedBytes', 'excludesRuntime']);
    for (const status of ['queued', 'checking', 'completed', 'cancelled'] as const) expect(detailsOf(status), status).to.deep.equal([]);
    expect(detailsOf('downloading')).to.deep.equal(['speed', 'timeRemaining']);
    expect(detailsOf('stalled')).to.deep.equal(['speed']);
    expect(detailsOf('paused')).to.deep.equal(failure);
    expect(detailsOf('waiting')).to.deep.equal([...failure, 'retryAt']);
    expect(detailsOf('preparing')).to.deep.equal(['isSlowToStart']);
    expect(detailsOf('failed')).to.deep.equal(failure);
  });

  it('keeps every other field as it is', () => {
    const { speed, timeRemaining, error, failureCode, retryAt, isSlowToStart, cachedBytes, excludesRuntime, ...rest } = fields;
    expect([speed, timeRemaining, error, failureCode, retryAt, isSlowToStart, cachedBytes, excludesRuntime]).to.not.include(undefined);
    expect(toDownloadState({ ...fields, status: 'checking' })).to.deep.include({ ...rest, status: 'checking' });
  });

  it('adds no field that was not given', () => {
    const { modelKey, modelName, lastUpdate, bytesDownloaded, attempt, maxAttempts, can } = fields;
    const given = { modelKey, modelName, lastUpdate, bytesDownloaded, attempt, maxAttempts, can, status: 'queued' } as const;
    expect(toDownloadState(given)).to.deep.equal(given);
  });

  it('writes a speed of 0 for a stall, 100 % for a completed download, and a code for a failure', () => {
    expect(toDownloadState({ ...fields, status: 'stalled' }).speed).to.equal(0);
    expect(toDownloadState({ ...fields, status: 'completed' }).progress).to.equal(100);
    expect(toDownloadState({ ...fields, status: 'failed', failureCode: undefined }).failureCode).to.equal('unknown');
    expect(toDownloadState({ ...fields, status: 'failed' }).failureCode).to.equal('network');
    expect(toDownloadState({ ...fields, status: 'paused', failureCode: undefined }).failureCode).to.equal(undefined);
    expect(toDownloadState({ ...fields, status: 'downloading' })).to.include({ speed: 5, progress: 12 });
  });

  it('freezes the state and a copy of its actions', () => {
    const can = { ...NO_ACTIONS };
    const state = toDownloadState({ ...fields, status: 'paused', can });
    expect(Object.isFrozen(state)).to.equal(true);
    expect(Object.isFrozen(state.can)).to.equal(true);
    expect(Object.isFrozen(can)).to.equal(false);
  });
});
