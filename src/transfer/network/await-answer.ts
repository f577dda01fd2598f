import type { Clock } from '../../core/index.js';
import { abortable, combineSignals, type Signals } from './abortable.js';
import { dismiss, type Connection, type ConnectOptions } from './connection.js';
import type { DownloadRequest } from '../download-request.js';
import { Watchdog } from './watchdog.js';

/** How an answer is waited for. */
export interface AnswerOptions {
  readonly request: DownloadRequest;
  /** How long an answer, or its next byte, may take, in ms. */
  readonly stallTimeout: number;
  readonly clock: Clock;
  /** The caller's and the page's own, which an answer obeys that is given away. */
  readonly signals: Signals;
}

/**
 * Opens a connection, and waits for its answer.
 *
 * @param controller Ends the connection.
 * @throws DownloadFailure `timeout` when no answer comes; what `connect` throws; the controller's reason once it has aborted.
 */
export async function awaitAnswer<T extends Connection | undefined>(
  connect: (options: ConnectOptions) => Promise<T>,
  { request, stallTimeout, clock, signals }: AnswerOptions,
  controller: AbortController,
): Promise<T> {
  const watchdog = new Watchdog(stallTimeout, clock, (failure) => controller.abort(failure));
  watchdog.expect();
  const opening = connect({ request, clock, signal: combineSignals(controller.signal, signals) });
  // An answer that comes too late belongs to no body.
  const drop = (): void => void opening.then((late) => late && dismiss(late.response)).catch(() => undefined);
  controller.signal.addEventListener('abort', drop, { once: true });
  return abortable(opening, controller.signal).finally(() => {
    watchdog.close();
    controller.signal.removeEventListener('abort', drop);
  });
}
