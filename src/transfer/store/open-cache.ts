import { systemClock, type Clock } from '../../core/index.js';
import { requestPort } from '../request-port.js';

/**
 * Opens a cache of Cache Storage, or resolves with `undefined` where that is missing, refuses, or
 * hangs. It never rejects. A platform that hangs is waited for once in a realm, for one second.
 */
export function openCache(name: string, clock: Clock = systemClock): Promise<Cache | undefined> {
  return requestPort(
    () => (globalThis as { caches?: CacheStorage }).caches,
    (storage) => storage.open(name),
    clock,
  );
}
