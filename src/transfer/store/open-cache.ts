import { systemClock, type Clock } from '../../core/index.js';
import { requestPort } from '../../core/internal.js';

/**
 * Opens a cache of Cache Storage; resolves with `undefined` if Cache Storage is missing, refuses or hangs. It never rejects. If
 * Cache Storage hangs, it delays the realm once, by one second, and is called again only after it has responded.
 */
export function openCache(name: string, clock: Clock = systemClock): Promise<Cache | undefined> {
  return requestPort(
    () => (globalThis as { caches?: CacheStorage }).caches,
    (storage) => storage.open(name),
    clock,
  );
}
