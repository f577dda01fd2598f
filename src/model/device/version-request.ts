import type { FetchLike } from '../../core/index.js';
import { withLimit } from '../request-limits.js';

/** How long a HEAD may stay without a response, in ms: some servers never respond to it. A GET follows. */
const HEAD_LIMIT = 2_000;

/** How long a GET may stay without a response, in ms. */
const GET_LIMIT = 10_000;

/**
 * Requests the headers of a file, without a request header that causes a preflight. Resolves with `undefined` if no response arrives.
 * The `integrity` of the request is left out: with it the browser would read the whole body.
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
      const response = await withLimit(limit, run, [init.signal]);
      // Only the headers are used.
      void response.body?.cancel().catch(() => undefined);
      if (response.status !== 405 && response.status !== 501) return response;
    } catch {
      // The error may depend on the method: CORS may allow only one of them, and some servers never respond to a HEAD.
    }
  }
  return undefined;
}
