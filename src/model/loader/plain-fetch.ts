import type { FetchLike } from '../../core/index.js';
import type { DownloadFetch, FileProgressReport } from '../../transfer/internal.js';
import { bodyLength, countBody } from './count-body.js';
import { urlOf } from '../transformers/fetch-hook.js';

/**
 * Creates a replacement for the transfer layer when that cannot be imported: service workers forbid `import()`, and a
 * server may have removed the chunk after a deployment. It counts bytes, and neither pauses nor resumes.
 */
export function createPlainFetch(
  request: FetchLike,
  signal: AbortSignal,
  report: (url: string, progress: FileProgressReport) => void,
): DownloadFetch {
  const plainFetch: FetchLike = async (input, init) => {
    const response = await request(input, { ...init, signal: init?.signal ?? signal });
    if (!response.ok || response.status === 206) return response;
    const url = response.url || urlOf(input);
    const total = bodyLength(response);
    return countBody(response, {
      onBytes: (loaded) => report(url, { phase: 'receiving', loaded, stored: 0, total, totalIsExact: false }),
      onEnd: (loaded) => report(url, { phase: 'done', loaded, stored: 0, total: loaded, totalIsExact: true }),
    });
  };
  const controls = {
    isActive: false,
    isFollowing: false,
    pause: () => undefined,
    resume: () => undefined,
    abort: () => undefined,
    discard: () => Promise.resolve(),
  };
  return Object.assign(plainFetch, controls);
}
