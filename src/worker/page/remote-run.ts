import { DownloadFailure } from '../../core/index.js';
import type { DownloadCallers } from '../../core/internal.js';

/** One load or prefetch in a worker, with those who wait for it. */
export class RemoteRun {
  readonly callers: DownloadCallers;
  /** What callers wait for; an end that was asked for is an `AbortError`. */
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
    // Here before the run begins: a listener of its start may join at once.
    this.result = new Promise((resolve) => (this.#follow = resolve));
    this.result.catch(() => undefined);
    this.stopped = new Promise((_, reject) => (this.#stop = reject));
    this.stopped.catch(() => undefined);
  }

  /** Settles the result as `result` does. */
  follow(result: Promise<unknown>): void {
    const wanted = result.catch((error: unknown) => {
      throw error instanceof DownloadFailure && error.code === 'aborted' ? new DOMException(error.message, 'AbortError') : error;
    });
    this.#follow(wanted);
  }

  stop(message: string): void {
    this.#failure = new DownloadFailure('aborted', message);
    this.#stop(this.#failure);
  }

  /** @throws DownloadFailure `aborted` when the run was stopped. */
  throwIfStopped(): void {
    if (this.#failure) throw this.#failure;
  }
}
