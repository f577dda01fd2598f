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

/** The error for the callers: the platform's `AbortError`, a failure that names the policy that has caused it, or the loader's own error. */
export function toRejection(failure: DownloadFailure): Error {
  if (failure.code === 'aborted') return new DOMException(failure.message, 'AbortError');
  return failure.cause instanceof Error && failure.code !== 'blocked' ? failure.cause : failure;
}
