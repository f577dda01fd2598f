import { combineSignals, followSignal, type Signals } from './abortable.js';
import { dismiss, ResponseFailure, type Connection, type ConnectOptions } from './connection.js';

/** Settings of a {@link PendingAnswer}. */
export interface PendingAnswerOptions extends Omit<ConnectOptions, 'signal'> {
  /** The caller's and the page's own, which end an answer that is passed on. */
  readonly signals: Signals;
}

/** One request, and its answer until that is used or dropped. */
export class PendingAnswer {
  /** What is requested. Answers to requests of one purpose are interchangeable. */
  readonly purpose: string;
  /** Settles as the request does; rejects if it is refused. */
  readonly answer: Promise<Connection | undefined>;
  /** Resolves with this object when the server has answered, also with a refusal; rejects if the request fails. */
  readonly answered: Promise<this>;
  readonly #controller = new AbortController();
  #status: 'pending' | 'answered' | 'failed' = 'pending';

  /** Sends the request. */
  constructor(
    connect: (options: ConnectOptions) => Promise<Connection | undefined>,
    { request, clock, signals, isBeside }: PendingAnswerOptions,
    purpose: string,
  ) {
    this.purpose = purpose;
    this.answer = connect({ request, clock, isBeside, signal: combineSignals(this.#controller.signal, signals) });
    this.answered = this.#settle();
  }

  get isAnswered(): boolean {
    return this.#status === 'answered';
  }

  get hasFailed(): boolean {
    return this.#status === 'failed';
  }

  /** From now on `controller` ends the connection. */
  follow({ signal }: AbortController): void {
    followSignal(this.#controller, [signal]);
  }

  /** Closes the connection, also if its answer arrives later. */
  drop(): void {
    this.#controller.abort();
    this.answer.then(
      (connection) => connection && dismiss(connection.response),
      (cause: unknown) => cause instanceof ResponseFailure && dismiss(cause.response),
    );
  }

  async #settle(): Promise<this> {
    try {
      await this.answer;
    } catch (cause) {
      if (!(cause instanceof ResponseFailure)) {
        this.#status = 'failed';
        throw cause;
      }
    }
    this.#status = 'answered';
    return this;
  }
}
