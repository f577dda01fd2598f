import type { DownloadCaller } from './download-callers.js';
import type { DownloadFailure } from '../failure/download-failure.js';
import type { DownloadTaskOptions } from './download-loader.js';
import { DownloadRun } from './download-run.js';
import type { AggregateProgressInfo } from '../progress/progress-info.js';

/** The loads of one model, one after the other: all callers of a load share its result. */
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

  /** Why the last load failed, of which its callers hear the cause alone; `undefined` while it has not. */
  get failure(): DownloadFailure | undefined {
    return this.#run?.failure;
  }

  /** Whether a load is under way or has succeeded. */
  get isRunning(): boolean {
    return this.#run !== undefined && this.#run.failure === undefined;
  }

  /**
   * Starts the load, or joins the one under way; one that has succeeded gives its result. One that
   * was cancelled is over at once, so that the next call starts anew.
   *
   * @throws the cause of the failure once recovery is over; an `AbortError` after a cancel; the
   * signal's reason when the caller's own signal aborts; what `beforeLoad` throws.
   */
  async join(caller: DownloadCaller = {}): Promise<T> {
    caller.signal?.throwIfAborted();
    if (this.#run && this.isRunning) return this.#run.join(caller);
    this.#options.beforeLoad?.();
    const run = new DownloadRun(this.#options);
    // Known before the start tells anybody: a listener that joins at once must not start another.
    this.#run = run;
    const result = run.join(caller);
    run.start();
    return result;
  }

  /** Goes on at once where recovery waits or asks; starts anew after an end. Without effect otherwise. */
  retry(): void {
    if (this.isRunning) this.#run?.retry();
    // No caller waits for this load; its state says how it ends.
    else this.join().catch(() => undefined);
  }

  /** Loads anew where recovery waits or asks, after what is held of the download was dropped. */
  async restart(): Promise<void> {
    await this.#run?.restart();
  }

  /** Closes the connections at once; the load waits. Without effect where no transfer could stop. */
  pause(): void {
    this.#run?.pause();
  }

  /** Goes on with a load that `pause()` stopped. */
  resume(): void {
    this.#run?.resume();
  }

  /** Ends the load for every caller. Without effect once it is over. */
  cancel(message?: string): void {
    this.#run?.cancel(message);
  }

  /** Resolves when no load is under way: at once, or when the present one has ended in whatever way. */
  async settled(): Promise<void> {
    await this.#run?.settled();
  }
}
