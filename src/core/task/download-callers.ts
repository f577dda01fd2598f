import type { Clock } from '../time/clock.js';
import { notify } from '../time/notify.js';
import type { ProgressInfo } from '../progress/progress-info.js';

/** What one caller of a load wants. */
export interface DownloadCaller {
  /** Leaves this caller only; the download ends when the last caller has left. */
  readonly signal?: AbortSignal | undefined;
  /** Hears of progress, throttled. What it throws surfaces as an uncaught error. */
  readonly onProgress?: ((info: ProgressInfo) => void) | undefined;
}

/** Those who wait for one load. */
export class DownloadCallers {
  readonly #callers = new Set<DownloadCaller>();
  readonly #clock: Clock;
  readonly #onLastLeft: () => void;

  /** @param onLastLeft Called when the signal of the last caller has aborted. */
  constructor(clock: Clock, onLastLeft: () => void) {
    this.#clock = clock;
    this.#onLastLeft = onLastLeft;
  }

  /** Settles as `run` does, unless the caller's own signal aborts first: then with the signal's reason. */
  join<T>(caller: DownloadCaller, run: Promise<T>): Promise<T> {
    const { signal } = caller;
    this.#callers.add(caller);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#callers.delete(caller);
        if (this.#callers.size === 0) this.#onLastLeft();
        reject(signal?.reason);
      };
      const settle = (): void => {
        this.#callers.delete(caller);
        signal?.removeEventListener('abort', leave);
      };
      signal?.addEventListener('abort', leave, { once: true });
      run.finally(settle).then(resolve, reject);
    });
  }

  /** Tells every caller how far the load is. */
  notify(info: ProgressInfo): void {
    for (const { onProgress } of [...this.#callers]) notify(onProgress, info, this.#clock);
  }
}
