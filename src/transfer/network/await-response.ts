// In: requests for one body. Out: the response that arrives first, or a timeout.
import type { Clock } from '../../core/index.js';
import { abortable, type Signals } from './abortable.js';
import type { Connection, ConnectOptions } from './connection.js';
import type { DownloadRequest } from '../download-request.js';
import { PendingResponse } from './pending-response.js';
import type { StallLimit } from './stall-limit.js';
import { silenceFailure, Watchdog } from './watchdog.js';

/** Settings of a {@link ResponseWait}. */
export interface ResponseWaitOptions {
  readonly request: DownloadRequest;
  /** How long a response, or its next byte, may take. */
  readonly stall: StallLimit;
  readonly clock: Clock;
  /** The signals of the caller and of the page. They also end a response that is passed on. */
  readonly signals: Signals;
}

/** Waits for the responses to the requests of one body. */
export class ResponseWait {
  readonly #options: ResponseWaitOptions;
  /** The first request that has timed out: a slow server may respond to it before the next one. */
  #late: PendingResponse | undefined;

  constructor(options: ResponseWaitOptions) {
    this.#options = options;
  }

  /**
   * Sends a request, and waits for its response or for that to an earlier request of the same purpose, which has timed out. If the
   * earlier response is there already, sends nothing.
   *
   * @param controller Ends the connection.
   * @param purpose What is requested. Responses to requests of one purpose are interchangeable.
   * @throws DownloadFailure `timeout` when no response arrives; what `connect` throws; the controller's reason once it has aborted.
   */
  async to<T extends Connection | undefined>(
    connect: (options: ConnectOptions) => Promise<T>,
    controller: AbortController,
    purpose: string,
  ): Promise<T> {
    if (this.#late?.purpose !== purpose) this.end();
    const late = this.#late;
    const next = late?.hasResponse ? late : new PendingResponse(connect, { ...this.#options, isBeside: late !== undefined }, purpose);
    const winner = await this.#first(next, late, controller);
    if (winner === late) this.#late = undefined;
    else this.end();
    if (winner !== next) next.drop();
    winner.follow(controller);
    // Requests of one purpose have responses of one type.
    return (await winner.response) as T;
  }

  /** Drops the late request. */
  end(): void {
    this.#late?.drop();
    this.#late = undefined;
  }

  /** Resolves with the request that gets a response first, which may be a refusal. A late request that fails has no effect. */
  async #first(next: PendingResponse, late: PendingResponse | undefined, controller: AbortController): Promise<PendingResponse> {
    const { signal } = controller;
    const expiry = new AbortController();
    const watchdog = this.#watch(expiry);
    const unlessFailed = new Promise<PendingResponse>((resolve) => void late?.responded.then(resolve, () => undefined));
    try {
      const first = Promise.race([next.responded, unlessFailed]);
      return await abortable(abortable(first, expiry.signal), signal);
    } catch (cause) {
      if (signal.aborted || late?.hasFailed) this.end();
      if (signal.aborted || (expiry.signal.aborted && this.#late)) next.drop();
      else if (expiry.signal.aborted) this.#late = next;
      // The request has failed, and may have left its connection open.
      else next.follow(controller);
      throw cause;
    } finally {
      watchdog.close();
    }
  }

  /** Aborts `expiry` when the response has taken too long. */
  #watch(expiry: AbortController): Watchdog {
    const { stall, clock } = this.#options;
    let silence = 0;
    const watchdog = new Watchdog(stall.step, clock, () => {
      silence += stall.step;
      if (!stall.isResponseDue(silence)) {
        watchdog.expect();
        return;
      }
      stall.grow();
      expiry.abort(silenceFailure(silence));
    });
    watchdog.expect();
    return watchdog;
  }
}
