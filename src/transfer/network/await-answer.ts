import type { Clock } from '../../core/index.js';
import { abortable, combineSignals, type Signals } from './abortable.js';
import { dismiss, type Connection, type ConnectOptions } from './connection.js';
import type { DownloadRequest } from '../download-request.js';
import { Watchdog } from './watchdog.js';

/** Settings of an {@link AnswerWait}. */
export interface AnswerOptions {
  readonly request: DownloadRequest;
  /** How long an answer, or its next byte, may take, in ms. */
  readonly stallTimeout: number;
  readonly clock: Clock;
  /** The caller's and the page's own, which end an answer that is passed on. */
  readonly signals: Signals;
}

/** The largest multiple of the limit that an answer may take after several timeouts. */
const MOST_PATIENCE = 8;

/** Waits for the answers to the requests of one body. */
export class AnswerWait {
  readonly #options: AnswerOptions;
  /** The multiple of the limit that an answer may take: a server that is slow each time needs more. */
  #patience = 1;

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
    const { request, stallTimeout, clock, signals } = this.#options;
    const watchdog = new Watchdog(stallTimeout * this.#patience, clock, (failure) => {
      this.#patience = Math.min(2 * this.#patience, MOST_PATIENCE);
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
