import type { Clock } from '../core/index.js';

/**
 * Settles as `promise` does, but after `limit` ms at the latest.
 *
 * @throws DOMException `TimeoutError` once the time is over.
 */
export function within<T>(promise: Promise<T>, limit: number, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(() => reject(new DOMException(`There was no answer within ${limit} ms`, 'TimeoutError')), limit);
    promise.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
}
