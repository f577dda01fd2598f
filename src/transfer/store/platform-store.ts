import { systemClock, type Clock } from '../../core/index.js';
import { CachePartialStore, PARTIAL_CACHE } from './cache-partial-store.js';
import { MemoryPartialStore } from './memory-partial-store.js';
import { openCache } from './open-cache.js';
import type { PartialStore } from './partial-store.js';
import { TolerantStore } from './tolerant-store.js';

/** The store of each namespace, chosen once: the stored files must not differ between two calls. */
const chosen = new Map<string, Promise<PartialStore>>();

/**
 * Returns the store for incomplete files: Cache Storage if it works, else memory, as over plain HTTP, in Node, in a sandboxed frame,
 * or if the user has blocked storage. All stores of a namespace in one realm have the same content. No method hangs, and only
 * `append` rejects.
 *
 * @param namespace Separates several apps on one origin.
 */
export function platformStore(namespace = '', clock: Clock = systemClock): PartialStore {
  return new TolerantStore(() => {
    const store = chosen.get(namespace) ?? choose(namespace, clock);
    chosen.set(namespace, store);
    return store;
  }, clock);
}

async function choose(namespace: string, clock: Clock): Promise<PartialStore> {
  const cache = await openCache(PARTIAL_CACHE, clock);
  return cache ? new CachePartialStore(namespace, clock) : new MemoryPartialStore();
}
