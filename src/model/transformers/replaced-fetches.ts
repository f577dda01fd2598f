import type { FetchLike } from '../../core/index.js';

/** The `fetch` of an object before routes have replaced it. */
export interface ReplacedFetch {
  readonly original: FetchLike;
}

const REPLACED = Symbol.for('model-download.replaced-fetches');

/**
 * The objects whose `fetch` has been replaced, for all copies of this package in the realm. Only one copy at a time replaces the `fetch`
 * of an object: if a request of one copy passed through the routes of another, both would wait for the lock of the same file.
 */
export function replacedFetches(): WeakMap<object, ReplacedFetch> {
  const realm = globalThis as Record<symbol, WeakMap<object, ReplacedFetch> | undefined>;
  return (realm[REPLACED] ??= new WeakMap<object, ReplacedFetch>());
}
