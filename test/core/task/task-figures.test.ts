import { expect } from 'chai';
import { classifyFailure, DownloadFailure, MultiFileProgressTracker, type AggregateProgressInfo } from 'model-download/core';
import { toProgressInfo } from '#dist/core/progress/progress-info.js';
import { toRejection, toStateFigures, toStatus } from '#dist/core/task/task-figures.js';
import { FakeClock } from '../../support/fake-clock.js';

const aggregate: AggregateProgressInfo = {
  ...new MultiFileProgressTracker(undefined, { clock: new FakeClock() }).getSnapshot(),
  status: 'download',
  overallProgress: 12.5,
  currentFile: 'onnx/model.onnx',
  totalDownloaded: 125,
  totalSize: 1_000,
  speed: 50,
  timeRemaining: 17.5,
};

describe('toProgressInfo', () => {
  it('gives the sums of all files as one stream, by the name of the page', () => {
    const info = toProgressInfo(aggregate, 'Phi-3');
    expect(info).to.deep.equal({
      status: 'download',
      name: 'Phi-3',
      file: 'onnx/model.onnx',
      progress: 12.5,
      loaded: 125,
      total: 1_000,
      speed: 50,
      timeRemaining: 17.5,
    });
    expect(Object.isFrozen(info)).to.equal(true);
  });

  it('keeps unknown figures unknown, and has no file before the first byte', () => {
    const unknown = {
      overallProgress: undefined,
      totalSize: undefined,
      speed: undefined,
      timeRemaining: undefined,
      currentFile: undefined,
    };
    expect(toProgressInfo({ ...aggregate, ...unknown }, 'm')).to.include({
      file: '',
      progress: undefined,
      total: undefined,
      speed: undefined,
      timeRemaining: undefined,
    });
  });

  it('keeps a speed of 0, which a stall has', () => {
    expect(toProgressInfo({ ...aggregate, speed: 0 }, 'm').speed).to.equal(0);
  });
});

describe('toStateFigures', () => {
  it('has the figures of a state, and no status', () => {
    expect(toStateFigures(aggregate)).to.deep.equal({
      progress: 12.5,
      speed: 50,
      bytesDownloaded: 125,
      totalBytes: 1_000,
      timeRemaining: 17.5,
    });
  });

  it('has no bytes with a share, or after a load that has reported none', () => {
    const unseen = { ...aggregate, totalDownloaded: 0, totalSize: undefined };
    expect(toStateFigures(unseen)).to.include({ progress: 12.5, bytesDownloaded: undefined });
    expect(toStateFigures({ ...unseen, overallProgress: 100 })).to.include({ progress: 100, bytesDownloaded: undefined });
    expect(toStateFigures({ ...unseen, overallProgress: undefined }), 'before the first byte').to.include({ bytesDownloaded: 0 });
  });
});

describe('toStatus', () => {
  it('maps each status of a load to that of its download', () => {
    const statusOf = (status: AggregateProgressInfo['status'], stalled = false): string => toStatus({ ...aggregate, status, stalled });
    expect(statusOf('waiting')).to.equal('checking');
    expect(statusOf('download')).to.equal('downloading');
    expect(statusOf('download', true)).to.equal('stalled');
    expect(statusOf('loading')).to.equal('preparing');
    expect(statusOf('ready'), 'one pipeline of several is ready').to.equal('preparing');
  });
});

describe('toRejection', () => {
  it('is an AbortError of the platform after a cancel, with the message', () => {
    const error = toRejection(new DownloadFailure('aborted', 'The user left.', { cause: new Error('other') }));
    expect(error).to.be.instanceOf(DOMException);
    expect(error).to.include({ name: 'AbortError', message: 'The user left.' });
  });

  it('is the error that the loader threw', () => {
    const cause = new TypeError('Failed to fetch');
    expect(toRejection(new DownloadFailure('network', 'Failed to fetch', { cause }))).to.equal(cause);
  });

  it('is the failure itself if a policy has caused it, which the error of the platform does not show', () => {
    const failure = new DownloadFailure('blocked', 'The policy blocks it', { cause: new TypeError('Failed to fetch') });
    expect(toRejection(failure)).to.equal(failure);
  });

  it('is the loader’s own error also if that has no message', () => {
    const cause = new TypeError();
    expect(toRejection(classifyFailure(cause))).to.equal(cause);
  });

  it('is the failure itself if it contains more than its cause', () => {
    const cause = new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    const failure = new DownloadFailure('quota', 'The disk is full: the model cannot be stored', { cause });
    expect(toRejection(failure)).to.equal(failure);
  });

  it('is the failure itself if the loader threw something else', () => {
    for (const cause of [undefined, null, 'text', { message: 'text' }]) {
      const failure = new DownloadFailure('unknown', 'text', { cause });
      expect(toRejection(failure)).to.equal(failure);
    }
  });
});
