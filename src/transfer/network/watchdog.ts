import { DownloadFailure, type Clock, type Timer } from '../../core/index.js';

/** A timer that comes later than this, as a share of the time-out, was held up by a frozen page. */
const FROZEN = 0.5;

/** How often it looks within a time-out: it may notice by that share too late. */
const LOOKS = 6;

/**
 * Notices when what is due does not come. Time in which the page was frozen does not count, since
 * it may be here and only wait to be read.
 */
export class Watchdog {
  readonly #timeout: number;
  readonly #clock: Clock;
  readonly #onTimeout: (failure: DownloadFailure) => void;
  /** How often something was due: asking the clock, or setting a timer, each time would cost more than a piece of a body. */
  #count = 0;
  #isDue = false;
  #timer: Timer;
  #isWatching = false;

  /**
   * @param timeout How long anything may take, in ms.
   * @param onTimeout Called with a failure of the code `timeout`.
   */
  constructor(timeout: number, clock: Clock, onTimeout: (failure: DownloadFailure) => void) {
    this.#timeout = timeout;
    this.#clock = clock;
    this.#onTimeout = onTimeout;
  }

  /** Something is due from now on. */
  expect(): void {
    this.#isDue = true;
    this.#count += 1;
    if (!this.#isWatching) this.#watch(this.#clock.now());
  }

  /** Nothing is due. */
  rest(): void {
    this.#isDue = false;
  }

  close(): void {
    this.rest();
    this.#clock.clearTimeout(this.#timer);
    this.#isWatching = false;
  }

  /** @param since Since when what is due has been so, as far as anybody knows. */
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
      else this.#onTimeout(new DownloadFailure('timeout', `Nothing came for ${this.#timeout / 1_000} s`));
    }, delay);
  }
}
