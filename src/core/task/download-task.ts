import type { DownloadCaller } from './download-callers.js';
import type { DownloadFailure } from '../failure/download-failure.js';
import type { DownloadTaskOptions } from './download-loader.js';
import { DownloadRun } from './download-run.js';
import type { AggregateProgressInfo } from '../progress/progress-info.js';

/** The loads of one model, one after the other. All callers of a load share its result. */
export class DownloadTask<T> {
  readonly #options: DownloadTaskOptions<T>;
  /** The last load, also after its end. */
  #run: DownloadRun<T> | undefined;

  constructor(options: DownloadTaskOptions<T>) {
    this.#options = options;
  }

  /** The files as of the last update; `undefined` before the first attempt of the last load. */
  get aggregate(): AggregateProgressInfo | undefined {
    return this.#run?.aggregate;
  }

  /** The failure of the last load; its callers may receive the cause of it instead. `undefined` without a failure. */
  get failure(): DownloadFailure | undefined {
    return this.#run?.failure;
  }

  /** Whether a load runs or has succeeded. */
  get isRunning(): boolean {
    return this.#run !== undefined && this.#run.failure === undefined;
  }

  /**
   * Starts the load, or joins the one that runs. After a success it resolves with the same result. A cancel ends a load at once, so
   * the next call starts another.
   *
   * @throws the cause of the failure when no attempt is left; an `AbortError` after a cancel; the
   * reason of the caller's signal when it aborts; an error that `beforeLoad` throws.
   */
  async join(caller: DownloadCaller = {}): Promise<T> {
    caller.signal?.throwIfAborted();
    if (this.#run && this.isRunning) return this.#run.join(caller);
    this.#options.beforeLoad?.();
    const run = new DownloadRun(this.#options);
    // Set before the start notifies a listener: a listener that calls `join()` must not start another run.
    this.#run = run;
    const result = run.join(caller);
    run.start();
    return result;
  }

  /** Ends the wait of a recovery, for a time or for the user; starts another load after an end. Without effect otherwise. */
  retry(): void {
    if (this.isRunning) this.#run?.retry();
    // No caller waits for this load; its state shows how it ends.
    else this.join().catch(() => undefined);
  }

  /** Deletes the stored bytes and loads again, if a recovery waits for a time or for the user. Without effect otherwise. */
  async restart(): Promise<void> {
    await this.#run?.restart();
  }

  /** Closes the connections at once, and opens no other until `resume()`. Without effect where nothing can be paused. */
  pause(): void {
    this.#run?.pause();
  }

  /** Continues a load that `pause()` stopped. */
  resume(): void {
    this.#run?.resume();
  }

  /** Cancels the load for every caller. Without effect after its end. */
  cancel(message?: string): void {
    this.#run?.cancel(message);
  }

  /** Resolves when no load runs: at once, or when the current one has succeeded or failed. */
  async settled(): Promise<void> {
    await this.#run?.settled();
  }
}
