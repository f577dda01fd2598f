import type { Clock, Timer } from '../time/clock.js';
import { deferred } from '../deferred.js';
import type { DownloadFailure } from './download-failure.js';
import type { RetryDecision } from './retry-policy.js';

/** The port to the connection of the platform. */
export interface Connectivity {
  /** Whether there is a connection; `undefined` if the platform does not report it. */
  isOnline(): boolean | undefined;
  /** Calls `listener` whenever the connection returns. Returns a function that ends the subscription. */
  onOnline(listener: () => void): () => void;
}

/** Options of a {@link RecoveryWait}. */
export interface RecoveryWaitOptions {
  readonly clock: Clock;
  readonly connectivity: Connectivity | undefined;
  /** The earliest time, by the clock, at which the next attempt may begin automatically. */
  readonly earliest: number;
}

/** One wait between two attempts: for a time, for a connection, or for the user. */
export class RecoveryWait {
  /** Whether it waits for the user. */
  readonly isManual: boolean;
  /** The time after which it ends automatically, in ms; `undefined` if it does not. */
  readonly delay: number | undefined;

  readonly #options: RecoveryWaitOptions;
  readonly #end = deferred();
  #timer: Timer;
  #unsubscribe: (() => void) | undefined;

  constructor(decision: RetryDecision, options: RecoveryWaitOptions) {
    this.#options = options;
    this.isManual = decision.kind === 'ask';
    // A wait for a connection has a limit, too: the platform may report by mistake that there is none.
    this.delay = 'delay' in decision ? Math.max(decision.delay, this.#untilEarliest) : undefined;
    if (this.delay !== undefined) this.#goOnIn(this.delay);
    if (decision.kind === 'wait-for-connection') {
      this.#unsubscribe = options.connectivity?.onOnline(() => {
        const rest = this.#untilEarliest;
        if (rest > 0) this.#goOnIn(rest);
        else this.goOn();
      });
    }
  }

  /** Resolves when the next attempt may begin; rejects with the reason of {@link RecoveryWait.end}. */
  get promise(): Promise<void> {
    return this.#end.promise;
  }

  /** Ends the wait, so that the next attempt begins. */
  goOn(): void {
    this.#end.resolve();
  }

  /** Ends the wait without another attempt. */
  end(reason: DownloadFailure): void {
    this.#end.reject(reason);
  }

  /** Ends the timer and the subscription. */
  release(): void {
    this.#options.clock.clearTimeout(this.#timer);
    this.#unsubscribe?.();
  }

  get #untilEarliest(): number {
    return this.#options.earliest - this.#options.clock.now();
  }

  #goOnIn(delay: number): void {
    const { clock } = this.#options;
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(() => this.goOn(), delay);
  }
}
