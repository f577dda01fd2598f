import type { ShownDownload } from '../shown-download.js';

export function isFinal({ status, can }: ShownDownload): boolean {
  return status === 'failed' && !can.retry;
}
