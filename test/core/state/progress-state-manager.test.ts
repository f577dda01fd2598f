import { expect } from 'chai';
import { DownloadFailure, ProgressStateManager } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';

const KEY = 'phi';

/** A manager with one active download. */
function started(): ProgressStateManager {
  const states = new ProgressStateManager({ clock: new FakeClock() });
  states.startDownload(KEY);
  states.updateDownload(KEY, { status: 'downloading', bytesDownloaded: 40 });
  return states;
}

describe('ProgressStateManager', () => {
  it('classifies whatever ends a download', () => {
    for (const [cause, failureCode, error] of [
      [new TypeError('Failed to fetch'), 'network', 'Failed to fetch'],
      [new DOMException('Not needed', 'AbortError'), 'aborted', 'Not needed'],
      [new DownloadFailure('rate-limited', 'received status 429'), 'rate-limited', 'received status 429'],
      ['no room', 'unknown', 'no room'],
    ] as const) {
      expect(started().failDownload(KEY, cause), error).to.include({ status: 'failed', failureCode, error, bytesDownloaded: 40 });
    }
  });

  it('writes further fields with a failure', () => {
    expect(started().failDownload(KEY, 'no room', { attempt: 3, maxAttempts: 3, kept: false })).to.include({
      attempt: 3,
      maxAttempts: 3,
      kept: false,
    });
  });

  it('resumes a paused download only', () => {
    const states = new ProgressStateManager({ clock: new FakeClock() });
    expect(states.resumeDownload(KEY)).to.equal(undefined);
    const queued = states.startDownload(KEY);
    expect(states.resumeDownload(KEY)).to.equal(queued);
    states.pauseDownload(KEY);
    expect(states.resumeDownload(KEY, { bytesDownloaded: 5 })).to.include({ status: 'downloading', bytesDownloaded: 5 });
    const done = states.completeDownload(KEY);
    expect(states.resumeDownload(KEY)).to.equal(done);
  });

  it('needs no options', () => {
    expect(new ProgressStateManager().defineDownload(KEY)).to.include({ modelName: KEY, status: 'idle' });
  });

  it('refuses options of a wrong type', () => {
    for (const [options, message] of [
      [{ clock: 5 }, 'clock must be an object, got 5'],
      [{ storage: 'x' }, 'storage must be an object, got "x"'],
      [{ namespace: {} }, 'namespace must be a string, got object'],
      [{ mayPersist: true }, 'mayPersist must be a function, got true'],
    ] as const) {
      expect(() => new ProgressStateManager(options as never), message).to.throw(TypeError, message);
    }
  });
});
