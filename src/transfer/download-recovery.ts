import type { Clock, Timer } from '../core/index.js';
import { abortable } from './network/abortable.js';
import { dismiss, ResponseFailure } from './network/connection.js';
import type { RangeRefusals } from './network/range-refusals.js';
import type { FileDownloadContext } from './file-download-context.js';

/** The least time between a refusal and the next request of the same download, in ms. */
const LEAST_WAIT = 1_000;

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
   * Resolves when the download may continue: after a retry, or after a moment if the server has refused a range and no retry
   * is left. The whole file is requested then, which the server may send.
   *
   * @throws what `recover` rejects with; the signal's reason once it has aborted.
   */
  async recover(cause: unknown): Promise<void> {
    const { context, refusals, signal, release } = this.#options;
    release();
    if (cause instanceof ResponseFailure) dismiss(cause.response);
    if (!(cause instanceof ResponseFailure && refusals.has(cause)) || context.canRecover()) return context.recover(cause);
    refusals.exhaust();
    await wait(Math.max(LEAST_WAIT, cause.retryAfter ?? 0), context.clock, signal);
  }
}

async function wait(duration: number, clock: Clock, signal: AbortSignal): Promise<void> {
  let timer: Timer;
  const passed = new Promise<void>((resolve) => (timer = clock.setTimeout(resolve, duration)));
  await abortable(passed, signal).finally(() => clock.clearTimeout(timer));
}
