import { systemClock, type Clock } from '../../core/index.js';
import { CachePartialStore, PARTIAL_CACHE } from './cache-partial-store.js';
import { MemoryPartialStore } from './memory-partial-store.js';
import { openCache } from './open-cache.js';
import type { PartialStore } from './partial-store.js';
import { TolerantStore } from './tolerant-store.js';

/** The store of each namespace, chosen once: what is held must not change with the next try. */
const chosen = new Map<string, Promise<PartialStore>>();

/**
 * Where unfinished files are kept: Cache Storage where it works, else memory, as over plain HTTP, in
 * Node, in a sandboxed frame, or where the user has blocked storage. All stores of a namespace in
 * one realm hold the same. No method of it rejects or hangs, but for `append`, which rejects.
 *
 * @param namespace Keeps several apps on one origin apart.
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
