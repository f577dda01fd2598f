import { DownloadFailure, type Clock, type Timer } from '../core/index.js';

/** A timer that comes this much late, as a share of its time, was held up by a frozen page. */
const FROZEN = 1.5;

/**
 * Settles as `promise` does, unless it takes longer than `timeout` ms: then `onTimeout` is called
 * and it rejects. Time in which the page was frozen does not count, since the answer may be here
 * and only wait to be read.
 *
 * @throws DownloadFailure `timeout`.
 */
export function watch<T>(promise: Promise<T>, timeout: number, clock: Clock, onTimeout: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: Timer;
    const arm = (): void => {
      const since = clock.now();
      timer = clock.setTimeout(() => {
        if (clock.now() - since > timeout * FROZEN) {
          arm();
          return;
        }
        reject(new DownloadFailure('timeout', `Nothing came for ${timeout / 1_000} s`));
        onTimeout();
      }, timeout);
    };
    arm();
    promise.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
}
