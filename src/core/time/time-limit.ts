import type { Clock } from './clock.js';
import { DownloadFailure } from '../failure/download-failure.js';

/**
 * Settles as `promise` does, unless that takes longer than `limit` ms.
 *
 * Two timers wait for half of the limit each. While the thread is blocked or the page is frozen, only the first one expires. The
 * second one starts after that, and leaves time to handle a result that has arrived meanwhile.
 *
 * @throws DownloadFailure `timeout` when the limit has passed.
 */
export function withTimeLimit<T>(promise: Promise<T>, limit: number, clock: Clock): Promise<T> {
  if (limit === Infinity) return promise;
  return new Promise((resolve, reject) => {
    const expire = (): void => reject(new DownloadFailure('timeout', `No response within ${limit / 1_000} s`));
    let timer = clock.setTimeout(() => (timer = clock.setTimeout(expire, limit / 2)), limit / 2);
    void promise.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
}
