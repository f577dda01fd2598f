import { classifyFailure } from '../failure/classify-failure.js';
import type { DownloadFailure } from '../failure/download-failure.js';
import type { DownloadState } from '../state/download-state.js';
import type { AggregateProgressInfo } from '../progress/progress-info.js';

/** The figures of a state. */
export function toStateFigures(aggregate: AggregateProgressInfo): Partial<DownloadState> {
  const { overallProgress, speed, totalDownloaded, totalSize, timeRemaining } = aggregate;
  // A share, or the end of a load that has reported no byte.
  const isUnseen = overallProgress !== undefined && totalSize === undefined;
  const bytesDownloaded = isUnseen ? undefined : totalDownloaded;
  return { progress: overallProgress, speed, bytesDownloaded, totalBytes: totalSize, timeRemaining };
}

/** The status of a download whose attempt runs. */
export function toStatus({ status, stalled }: AggregateProgressInfo): DownloadState['status'] {
  if (status === 'waiting') return 'checking';
  if (status === 'download') return stalled ? 'stalled' : 'downloading';
  // The runtime reports `ready` for one pipeline; the download is completed when its promise resolves.
  return 'preparing';
}

/**
 * The error for the callers: the platform's `AbortError`, the loader's own error, or a failure that contains more than its cause, such as
 * the policy that blocks a request, or the model that a full disk cannot store.
 */
export function toRejection(failure: DownloadFailure): Error {
  const { cause, code, message } = failure;
  if (code === 'aborted') return new DOMException(message, 'AbortError');
  // A failure that was only classified has the message of its cause.
  return cause instanceof Error && code !== 'blocked' && classifyFailure(cause).message === message ? cause : failure;
}
