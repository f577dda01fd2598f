import { type FetchLike } from '../core/index.js';
/** How long a request of our own, which no load needs, may take in all, in ms. */
export declare const OWN_LIMIT = 5000;
/** How long the headers of a request that Transformers.js makes may take, in ms; the transfer layer's `stallTimeout` is the same. */
export declare const HEADER_LIMIT = 30000;
/** How long this device may take to say what it has, in ms: a load waits for that. */
export declare const DEVICE_LIMIT = 1000;
/**
 * Settles as what `run` returns does, unless that takes longer than `limit` ms or one of the signals
 * aborts: then `run`'s signal aborts, and the promise rejects with its reason at once.
 *
 * The limit is waited for in two halves: after a page was frozen, or its thread was blocked, there
 * is still half of it for an answer that has come meanwhile.
 *
 * @throws DownloadFailure `timeout` when the limit is over.
 */
export declare function withLimit<T>(
  limit: number,
  run: (signal: AbortSignal) => Promise<T>,
  signals?: readonly (AbortSignal | null | undefined)[],
): Promise<T>;
/**
 * A `fetch` for our own small requests: each has to be answered whole within {@link OWN_LIMIT}, and
 * its answer is read to the end, so that no connection is left open.
 */
export declare function limitedFetch(fetch: FetchLike, outer?: AbortSignal): FetchLike;
