import { systemClock, type Clock } from '../../core/index.js';
import { requestPort } from '../../core/internal.js';

/**
 * Opens a cache of Cache Storage; resolves with `undefined` if that is missing, refuses or hangs. It never rejects. A
 * platform that hangs delays a realm once, by one second, and is called again when it has responded.
 */
export function openCache(name: string, clock: Clock = systemClock): Promise<Cache | undefined> {
  return requestPort(
    () => (globalThis as { caches?: CacheStorage }).caches,
    (storage) => storage.open(name),
    clock,
  );
}
