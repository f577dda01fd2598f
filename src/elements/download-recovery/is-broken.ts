import type { ShownDownload } from '../shown-download.js';

/** Whether a download is waiting for a retry or has failed. */
export function isBroken({ status }: ShownDownload): boolean {
  return status === 'waiting' || status === 'failed';
}
