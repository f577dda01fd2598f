import type { Clock } from './clock.js';
import { DownloadFailure } from '../failure/download-failure.js';

/**
 * Settles as `promise` does, unless that takes longer than `limit` ms.
 *
 * It waits in two halves. While the thread is blocked, or a page is frozen, an answer cannot be handled, and
 * the timer of the first half expires; after that, the second half is left to handle the answer.
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
