import type { DownloadStatus } from '../core/index.js';

/** Whether something is under way at this moment, without anybody having to act. */
export function isBusy(status: DownloadStatus): boolean {
  return status === 'queued' || status === 'checking' || status === 'downloading' || status === 'preparing';
}
