import { combineSignals, followSignal, type Signals } from './abortable.js';
import { dismiss, ResponseFailure, type Connection, type ConnectOptions } from './connection.js';

/** Settings of a {@link PendingResponse}. */
export interface PendingResponseOptions extends Omit<ConnectOptions, 'signal'> {
  /** The signals of the caller and of the page. They also end a response that is passed on. */
  readonly signals: Signals;
}

/** One request, and its response until that is used or dropped. */
export class PendingResponse {
  /** What is requested. Responses to requests of one purpose are interchangeable. */
  readonly purpose: string;
  /** Settles as the request does; rejects if it is refused. */
  readonly response: Promise<Connection | undefined>;
  /** Resolves with this object when the server has responded, also with a refusal; rejects if the request fails. */
  readonly responded: Promise<this>;
  readonly #controller = new AbortController();
  #status: 'pending' | 'responded' | 'failed' = 'pending';

  /** Sends the request. */
  constructor(
    connect: (options: ConnectOptions) => Promise<Connection | undefined>,
    { request, clock, signals, isBeside }: PendingResponseOptions,
    purpose: string,
  ) {
    this.purpose = purpose;
    this.response = connect({ request, clock, isBeside, signal: combineSignals(this.#controller.signal, signals) });
    this.responded = this.#settle();
  }

  get hasResponse(): boolean {
    return this.#status === 'responded';
  }

  get hasFailed(): boolean {
    return this.#status === 'failed';
  }

  /** Makes `controller` end the connection from now on. */
  follow({ signal }: AbortController): void {
    followSignal(this.#controller, [signal]);
  }

  /** Closes the connection, also if its response arrives later. */
  drop(): void {
    this.#controller.abort();
    this.response.then(
      (connection) => connection && dismiss(connection.response),
      (cause: unknown) => cause instanceof ResponseFailure && dismiss(cause.response),
    );
  }

  async #settle(): Promise<this> {
    try {
      await this.response;
    } catch (cause) {
      if (!(cause instanceof ResponseFailure)) {
        this.#status = 'failed';
        throw cause;
      }
    }
    this.#status = 'responded';
    return this;
  }
}
