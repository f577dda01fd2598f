import { DownloadFailure } from '../../core/index.js';
import type { DownloadCallers } from '../../core/internal.js';

/** One load or prefetch in a worker, with its callers. */
export class RemoteRun {
  readonly callers: DownloadCallers;
  /** The result for the callers; rejects with an `AbortError` after a cancel. */
  readonly result: Promise<unknown>;
  /** Rejects when the run is stopped. */
  readonly stopped: Promise<never>;
  /** Whether the model is usable. */
  isDone = false;

  #follow: (result: Promise<unknown>) => void = () => undefined;
  #stop: (failure: DownloadFailure) => void = () => undefined;
  #failure: DownloadFailure | undefined;

  constructor(callers: DownloadCallers) {
    this.callers = callers;
    // The promise exists before the run begins, since a listener of its start may join immediately.
    this.result = new Promise((resolve) => (this.#follow = resolve));
    this.result.catch(() => undefined);
    this.stopped = new Promise((_, reject) => (this.#stop = reject));
    this.stopped.catch(() => undefined);
  }

  /** Settles the result as `result` does. */
  follow(result: Promise<unknown>): void {
    const outcome = result.catch((error: unknown) => {
      throw error instanceof DownloadFailure && error.code === 'aborted' ? new DOMException(error.message, 'AbortError') : error;
    });
    this.#follow(outcome);
  }

  /** Ends the run with an `aborted` failure. */
  stop(message: string): void {
    this.#failure = new DownloadFailure('aborted', message);
    this.#stop(this.#failure);
  }

  /** @throws DownloadFailure `aborted` when the run was stopped. */
  throwIfStopped(): void {
    if (this.#failure) throw this.#failure;
  }
}
