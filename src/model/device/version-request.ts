import type { FetchLike } from '../../core/index.js';
import { withLimit } from '../request-limits.js';

/** How long a HEAD may stay without an answer, in ms: some servers never answer it. A GET follows. */
const HEAD_LIMIT = 2_000;

/** How long a GET may stay without an answer, in ms. */
const GET_LIMIT = 10_000;

/**
 * Requests the headers of a file, without a header that causes a preflight; `undefined` if no response arrives. Without the `integrity` of the request, for
 * which the browser would read the whole body.
 */
export async function requestVersion(input: RequestInfo | URL, init: RequestInit, request: FetchLike): Promise<Response | undefined> {
  // Some servers do not support HEAD; a GET whose body is not read returns the same headers.
  for (const [method, limit] of [
    ['HEAD', HEAD_LIMIT],
    ['GET', GET_LIMIT],
  ] as const) {
    if (init.signal?.aborted) return undefined;
    try {
      const run = (signal: AbortSignal): Promise<Response> => request(input, { ...init, method, integrity: '', cache: 'no-cache', signal });
      const answer = await withLimit(limit, run, [init.signal]);
      // Only the headers are used.
      void answer.body?.cancel().catch(() => undefined);
      if (answer.status !== 405 && answer.status !== 501) return answer;
    } catch {
      // The error may depend on the method: CORS may allow only one of them, and some servers never answer a HEAD.
    }
  }
  return undefined;
}
