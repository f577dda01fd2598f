import { systemClock, type FetchLike } from '../core/index.js';
import { withTimeLimit } from '../core/internal.js';

/** How long a request of our own, which no load needs, may take in all, in ms. */
export const OWN_LIMIT = 5_000;

/** How long the headers of a request that Transformers.js makes may take, in ms; the transfer layer's `stallTimeout` is the same. */
export const HEADER_LIMIT = 30_000;

/** How long this device may take to say what it has, in ms: a load waits for that. */
export const DEVICE_LIMIT = 1_000;

/**
 * Settles as what `run` returns does, unless that takes longer than `limit` ms or one of the signals
 * aborts: then `run`'s signal aborts, and the promise rejects with its reason at once.
 *
 * @throws DownloadFailure `timeout` when the limit is over.
 */
export async function withLimit<T>(
  limit: number,
  run: (signal: AbortSignal) => Promise<T>,
  signals: readonly (AbortSignal | null | undefined)[] = [],
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const ended = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  // Nothing waits for it where `run` throws at once.
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
 * A `fetch` for our own small requests: each has to be answered whole within {@link OWN_LIMIT}, and
 * its answer is read to the end, so that no connection is left open.
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
