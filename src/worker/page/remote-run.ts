import { DownloadFailure } from '../../core/index.js';
import { deferred, type ProgressCallers } from '../../core/internal.js';

/** One load or prefetch in a worker, with its callers. */
export class RemoteRun {
  readonly callers: ProgressCallers;
  /** Whether this run is a load, and its model is usable. */
  isLoaded = false;
  /** Whether the signals of all callers have aborted. */
  isLeft = false;

  // Both exist before the run begins, since a listener of its start may join immediately.
  readonly #result = deferred<unknown>();
  readonly #stopped = deferred<never>();
  #failure: DownloadFailure | undefined;

  constructor(callers: ProgressCallers) {
    this.callers = callers;
    this.result.catch(() => undefined);
    this.stopped.catch(() => undefined);
  }

  /** The result for the callers; rejects with an `AbortError` after a cancel. */
  get result(): Promise<unknown> {
    return this.#result.promise;
  }

  /** Rejects when the run is stopped. */
  get stopped(): Promise<never> {
    return this.#stopped.promise;
  }

  /** Settles the result as `result` does. */
  follow(result: Promise<unknown>): void {
    const outcome = result.catch((error: unknown) => {
      throw error instanceof DownloadFailure && error.code === 'aborted' ? new DOMException(error.message, 'AbortError') : error;
    });
    this.#result.resolve(outcome);
  }

  /** Ends the run with an `aborted` failure. */
  stop(message: string): void {
    this.#failure = new DownloadFailure('aborted', message);
    this.#stopped.reject(this.#failure);
  }

  /** @throws DownloadFailure `aborted` when the run was stopped. */
  throwIfStopped(): void {
    if (this.#failure) throw this.#failure;
  }
}
