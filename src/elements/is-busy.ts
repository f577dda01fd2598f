import type { DownloadStatus } from '../core/index.js';

/** Whether something is under way at this moment that needs no user to act. */
export function isBusy(status: DownloadStatus): boolean {
  return status === 'queued' || status === 'checking' || status === 'downloading' || status === 'preparing';
}

/** Whether the user may well do something else meanwhile: not while a runtime starts, which may hold up the page. */
export function takesTime(status: DownloadStatus): boolean {
  return status !== 'preparing' && (isBusy(status) || status === 'stalled');
}
