import type { Clock } from '../../core/index.js';
import { abortable, combineSignals, type Signals } from './abortable.js';
import { dismiss, type Connection, type ConnectOptions } from './connection.js';
import type { DownloadRequest } from '../download-request.js';
import type { StallLimit } from './stall-limit.js';
import { Watchdog } from './watchdog.js';

/** Settings of an {@link AnswerWait}. */
export interface AnswerOptions {
  readonly request: DownloadRequest;
  /** How long an answer, or its next byte, may take. */
  readonly stall: StallLimit;
  readonly clock: Clock;
  /** The caller's and the page's own, which end an answer that is passed on. */
  readonly signals: Signals;
}

/** Waits for the answers to the requests of one body. */
export class AnswerWait {
  readonly #options: AnswerOptions;

  constructor(options: AnswerOptions) {
    this.#options = options;
  }

  /**
   * Opens a connection, and waits for its answer.
   *
   * @param controller Ends the connection.
   * @throws DownloadFailure `timeout` when no answer arrives; what `connect` throws; the controller's reason once it has aborted.
   */
  async to<T extends Connection | undefined>(connect: (options: ConnectOptions) => Promise<T>, controller: AbortController): Promise<T> {
    const { request, stall, clock, signals } = this.#options;
    const watchdog = new Watchdog(stall.timeout, clock, (failure) => {
      stall.grow();
      controller.abort(failure);
    });
    watchdog.expect();
    const opening = connect({ request, clock, signal: combineSignals(controller.signal, signals) });
    // An answer that arrives too late belongs to no body.
    const drop = (): void => void opening.then((late) => late && dismiss(late.response)).catch(() => undefined);
    controller.signal.addEventListener('abort', drop, { once: true });
    return abortable(opening, controller.signal).finally(() => {
      watchdog.close();
      controller.signal.removeEventListener('abort', drop);
    });
  }
}
