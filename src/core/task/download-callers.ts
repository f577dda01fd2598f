import type { ProgressInfo } from '../progress/progress-info.js';
import { ownSignal } from '../own-signal.js';

/** The arguments of one caller of a load. */
export interface DownloadCaller {
  /** When it aborts, only this caller is detached. The download is cancelled when the last caller has left. Default: none. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the progress, throttled. An error that it throws is reported as uncaught. */
  readonly onProgress?: ((info: ProgressInfo) => void) | undefined;
}

/** The callers of one load. The entry contains it. */
export class DownloadCallers {
  protected readonly callers = new Set<DownloadCaller>();
  readonly #onLastLeft: () => void;

  /** @param onLastLeft Called when the signal of the last caller has aborted. */
  constructor(onLastLeft: () => void) {
    this.#onLastLeft = onLastLeft;
  }

  /** Settles as `run` does, unless the caller's own signal aborts first: then it rejects with the signal's reason. */
  join<T>(caller: DownloadCaller, run: Promise<T>): Promise<T> {
    const signal = caller.signal && ownSignal(caller.signal);
    this.callers.add(caller);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.callers.delete(caller);
        if (this.callers.size === 0) this.#onLastLeft();
        reject(signal?.reason);
      };
      const settle = (): void => {
        this.callers.delete(caller);
        signal?.removeEventListener('abort', leave);
      };
      signal?.addEventListener('abort', leave);
      // A listener of the start may have aborted it.
      if (signal?.aborted) leave();
      run.finally(settle).then(resolve, reject);
    });
  }
}
