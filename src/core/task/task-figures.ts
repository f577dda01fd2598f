import { classifyFailure } from '../failure/classify-failure.js';
import type { DownloadFailure } from '../failure/download-failure.js';
import type { DownloadState } from '../state/download-state.js';
import type { AggregateProgressInfo } from '../progress/progress-info.js';

/** Returns the figures of a state for the progress of all files. */
export function toStateFigures(aggregate: AggregateProgressInfo): Partial<DownloadState> {
  const { overallProgress, speed, totalDownloaded, totalSize, timeRemaining } = aggregate;
  // Only a share is known, or the load has ended and no byte was reported.
  const isUnseen = overallProgress !== undefined && totalSize === undefined;
  const bytesDownloaded = isUnseen ? undefined : totalDownloaded;
  return { progress: overallProgress, speed, bytesDownloaded, totalBytes: totalSize, timeRemaining };
}

/** Returns the status of a download whose attempt runs. */
export function toStatus({ status, stalled }: AggregateProgressInfo): DownloadState['status'] {
  if (status === 'waiting') return 'checking';
  if (status === 'download') return stalled ? 'stalled' : 'downloading';
  // The runtime reports `ready` for one pipeline; the download is completed when its promise resolves.
  return 'preparing';
}

/**
 * Returns the error for the callers: an `AbortError` after a cancel, else the error that the loader threw, or `failure` if its message
 * contains more. It may name the policy that blocks a request, or the model that does not fit on a full disk.
 */
export function toRejection(failure: DownloadFailure): Error {
  const { cause, code, message } = failure;
  if (code === 'aborted') return new DOMException(message, 'AbortError');
  // A failure that was only classified has the message of its cause.
  return cause instanceof Error && code !== 'blocked' && classifyFailure(cause).message === message ? cause : failure;
}
