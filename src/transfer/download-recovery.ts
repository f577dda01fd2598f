import type { Timer } from '../core/index.js';
import { abortable } from './network/abortable.js';
import { dismiss, isLater, ResponseFailure } from './network/connection.js';
import type { RangeRefusals } from './network/range-refusals.js';
import type { FileDownloadContext } from './file-download-context.js';

/** The least time between a refusal and the next request of the same download, in ms. */
const LEAST_WAIT = 1_000;

/** The longest `Retry-After` of a refused range that is obeyed, in ms. Above it the whole file is requested, which it may not concern. */
const MOST_WAIT = 30_000;

/** Settings of a {@link DownloadRecovery}. */
export interface DownloadRecoveryOptions {
  readonly context: Pick<FileDownloadContext, 'clock' | 'recover' | 'canRecover'>;
  readonly refusals: RangeRefusals;
  readonly signal: AbortSignal;
  /** Releases the file to others while the download waits. */
  readonly release: () => void;
}

/** Decides when one download continues after a failure. */
export class DownloadRecovery {
  readonly #options: DownloadRecoveryOptions;

  constructor(options: DownloadRecoveryOptions) {
    this.#options = options;
  }

  /**
   * Resolves when the download may continue. Usually `recover` of the context decides that. The exception is a refused range if no
   * automatic retry is left, or if its `Retry-After` is long: then the whole file is requested, which the server may still send. At
   * least a second passes after a refusal, even if a retry for another file ends the wait.
   *
   * @throws what `recover` rejects with; the signal's reason once it has aborted.
   */
  async recover(cause: unknown): Promise<void> {
    const { context, refusals, release } = this.#options;
    const { clock } = context;
    release();
    if (cause instanceof ResponseFailure) dismiss(cause.response);
    const refusedAt = clock.now();
    const { retryAfter = 0 } = cause instanceof ResponseFailure ? cause : {};
    const isLong = retryAfter > MOST_WAIT;
    if (refusals.has(cause) && (isLong || !context.canRecover(true))) {
      refusals.exhaust();
      await this.#wait(isLong ? 0 : retryAfter);
    } else {
      await context.recover(cause);
    }
    if (isLater(cause)) await this.#wait(refusedAt + LEAST_WAIT - clock.now());
  }

  async #wait(duration: number): Promise<void> {
    if (duration <= 0) return;
    const { context, signal } = this.#options;
    let timer: Timer;
    const passed = new Promise<void>((resolve) => (timer = context.clock.setTimeout(resolve, duration)));
    await abortable(passed, signal).finally(() => context.clock.clearTimeout(timer));
  }
}
