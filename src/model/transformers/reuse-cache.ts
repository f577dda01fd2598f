import { systemClock, type Clock } from '../../core/index.js';

/** How long an open cache is used for further look-ups, in ms. Transformers.js itself uses one cache for all calls for a file. */
const USE_TIME = 2_000;

/**
 * Returns a function that opens a cache for look-ups. For two seconds it returns the same cache: opening one takes a turn of the thread,
 * which is long on a busy page, and the runtime looks up one file after another. After that the page may have deleted the cache.
 */
export function reuseCache(open: () => Promise<Cache>, clock: Clock = systemClock): () => Promise<Cache> {
  let cache: Promise<Cache> | undefined;
  let openedAt = 0;
  return () => {
    if (cache && clock.now() - openedAt < USE_TIME) return cache;
    const opening = open();
    [cache, openedAt] = [opening, clock.now()];
    opening.catch(() => {
      if (cache === opening) cache = undefined;
    });
    return opening;
  };
}
