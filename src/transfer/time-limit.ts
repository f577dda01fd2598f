import type { Clock } from '../core/index.js';

/**
 * Settles as `promise` does, unless that takes longer than `limit` ms: then it rejects with a
 * `TimeoutError`.
 *
 * The limit is waited for in two halves. While the thread is blocked an answer cannot be handled
 * and the timer runs out as well; after it there is still half of the limit to handle the answer.
 */
export function withTimeLimit<T>(promise: Promise<T>, limit: number, clock: Clock): Promise<T> {
  if (limit === Infinity) return promise;
  return new Promise((resolve, reject) => {
    const expire = (): void => reject(new DOMException(`No answer within ${limit} ms`, 'TimeoutError'));
    let timer = clock.setTimeout(() => (timer = clock.setTimeout(expire, limit / 2)), limit / 2);
    promise.then(
      (value) => {
        clock.clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clock.clearTimeout(timer);
        reject(error);
      },
    );
  });
}
