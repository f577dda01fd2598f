import { DownloadFailure, systemClock } from '../core/index.js';
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
 * The limit is waited for in two halves: after a page was frozen, or its thread was blocked, there
 * is still half of it for an answer that has come meanwhile.
 *
 * @throws DownloadFailure `timeout` when the limit is over.
 */
export async function withLimit(limit, run, signals = []) {
  const controller = new AbortController();
  const { signal } = controller;
  let stop = () => undefined;
  const ended = new Promise((_, reject) => (stop = () => reject(signal.reason)));
  const abort = (reason) => {
    controller.abort(reason);
    stop();
  };
  const follow = ({ target }) => abort(target.reason);
  const expire = () => abort(new DownloadFailure('timeout', `No answer within ${limit / 1_000} s`));
  let timer = systemClock.setTimeout(() => (timer = systemClock.setTimeout(expire, limit / 2)), limit / 2);
  for (const outer of signals) {
    outer?.addEventListener('abort', follow);
    if (outer?.aborted) abort(outer.reason);
  }
  try {
    return await Promise.race([ended, run(signal)]);
  } finally {
    systemClock.clearTimeout(timer);
    for (const outer of signals) outer?.removeEventListener('abort', follow);
  }
}
/**
 * A `fetch` for our own small requests: each has to be answered whole within {@link OWN_LIMIT}, and
 * its answer is read to the end, so that no connection is left open.
 */
export function limitedFetch(fetch, outer) {
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
//# sourceMappingURL=time-limit.js.map
