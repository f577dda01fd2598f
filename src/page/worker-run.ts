import { DownloadFailure, type DownloadCallers } from '../core/index.js';

/** One load or prefetch in a worker, with those who wait for it. */
export class WorkerRun {
  readonly callers: DownloadCallers;
  /** Rejects when the run is stopped. */
  readonly stopped: Promise<never>;
  /** Whether the model is usable. */
  isDone = false;

  #result: Promise<unknown> = Promise.resolve();
  #stop: (failure: DownloadFailure) => void = () => undefined;
  #failure: DownloadFailure | undefined;

  constructor(callers: DownloadCallers) {
    this.callers = callers;
    this.stopped = new Promise((_, reject) => (this.#stop = reject));
    this.stopped.catch(() => undefined);
  }

  /** What callers wait for; an end that somebody wanted is an `AbortError`. */
  get result(): Promise<unknown> {
    return this.#result;
  }

  follow(result: Promise<unknown>): void {
    this.#result = result.catch((error: unknown) => {
      throw error instanceof DownloadFailure && error.code === 'aborted' ? new DOMException(error.message, 'AbortError') : error;
    });
    this.#result.catch(() => undefined);
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
