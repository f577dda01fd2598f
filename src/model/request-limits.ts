import { systemClock, type FetchLike } from '../core/index.js';
import { withTimeLimit } from '../core/internal.js';

/** How long a request that a load does not depend on may take, in ms. */
export const OWN_LIMIT = 5_000;

/**
 * How long the headers of a request that is passed through may take, in ms: as long as Firefox itself waits
 * (`network.http.response.timeout`). Other browsers wait longer.
 */
export const HEADER_LIMIT = 300_000;

/** How long Transformers.js may take to read a response, in ms. */
export const READER_LIMIT = 30_000;

/** How long a look-up on this device may take, in ms: a load waits for it. */
export const DEVICE_LIMIT = 1_000;

/**
 * Settles as the promise of `run` does. If that takes longer than `limit` ms, or one of `signals` aborts, the signal of
 * `run` aborts and the promise rejects with its reason immediately.
 *
 * @throws DownloadFailure `timeout` after `limit` ms.
 */
export async function withLimit<T>(
  limit: number,
  run: (signal: AbortSignal) => Promise<T>,
  signals: readonly (AbortSignal | null | undefined)[] = [],
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const ended = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  // If `run` throws synchronously, the rejection has no other handler.
  ended.catch(() => undefined);
  const follow = ({ target }: Event): void => controller.abort((target as AbortSignal).reason);
  for (const outer of signals) {
    outer?.addEventListener('abort', follow);
    if (outer?.aborted) controller.abort(outer.reason);
  }
  try {
    return await withTimeLimit(Promise.race([ended, run(signal)]), limit, systemClock);
  } catch (cause) {
    controller.abort(cause);
    throw cause;
  } finally {
    for (const outer of signals) outer?.removeEventListener('abort', follow);
  }
}

/**
 * Creates a `fetch` for small requests that a load does not depend on. Each response must arrive whole within
 * {@link OWN_LIMIT}; it is read to the end, so that no connection stays open.
 */
export function limitedFetch(fetch: FetchLike, outer?: AbortSignal): FetchLike {
  return (input, init) =>
    withLimit(
      OWN_LIMIT,
      async (signal) => {
        const response = await fetch(input, { ...init, signal });
        return new Response(await response.arrayBuffer(), response);
      },
      [outer, init?.signal],
    );
}
