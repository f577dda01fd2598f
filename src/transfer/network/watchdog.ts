import { DownloadFailure, type Clock, type Timer } from '../../core/index.js';

/** A timer that fires later than this, as a share of the timeout, was delayed by a frozen page. */
const FROZEN = 0.5;

/** How often the time is checked within a timeout. The timeout may end late by the time between two checks. */
const LOOKS = 6;

/** The failure of a connection that has delivered no byte for `silence` ms. */
export function silenceFailure(silence: number): DownloadFailure {
  return new DownloadFailure('timeout', `Expected a byte within ${silence / 1_000} s, received none`);
}

/**
 * Detects that an expected event does not happen. Time in which the page was frozen does not count, since the event may only
 * wait to be handled.
 */
export class Watchdog {
  readonly #timeout: number;
  readonly #clock: Clock;
  readonly #onTimeout: (failure: DownloadFailure) => void;
  /** How often an event was expected: reading the clock, or setting a timer, each time would cost more than a chunk. */
  #count = 0;
  #isDue = false;
  #timer: Timer;
  #isWatching = false;

  /**
   * @param timeout How long an event may take, in ms.
   * @param onTimeout Called with a failure of the code `timeout`.
   */
  constructor(timeout: number, clock: Clock, onTimeout: (failure: DownloadFailure) => void) {
    this.#timeout = timeout;
    this.#clock = clock;
    this.#onTimeout = onTimeout;
  }

  /** Expects an event from now on. */
  expect(): void {
    this.#isDue = true;
    this.#count += 1;
    if (!this.#isWatching) this.#watch(this.#clock.now());
  }

  /** Expects nothing until the next {@link expect}. */
  rest(): void {
    this.#isDue = false;
  }

  close(): void {
    this.rest();
    this.#clock.clearTimeout(this.#timer);
    this.#isWatching = false;
  }

  /** @param since When the event was last known to be expected, by the clock. */
  #watch(since: number): void {
    const now = (): number => this.#clock.now();
    const count = this.#count;
    const delay = Math.min(this.#timeout / LOOKS, Math.max(0, since + this.#timeout - now()));
    const lookAt = now() + delay;
    this.#isWatching = true;
    this.#timer = this.#clock.setTimeout(() => {
      this.#isWatching = false;
      if (!this.#isDue) return;
      const wasFrozen = now() - lookAt > this.#timeout * FROZEN;
      if (wasFrozen || this.#count !== count) this.#watch(now());
      else if (now() - since < this.#timeout) this.#watch(since);
      else this.#onTimeout(silenceFailure(this.#timeout));
    }, delay);
  }
}
