import { DownloadFailure, type Clock, type Timer } from '../core/index.js';

/** A timer that comes later than this, as a share of the time-out, was held up by a frozen page. */
const FROZEN = 0.5;

/**
 * Notices when what is due does not come. Time in which the page was frozen does not count, since
 * it may be here and only wait to be read.
 */
export class Watchdog {
  readonly #timeout: number;
  readonly #clock: Clock;
  readonly #onTimeout: (failure: DownloadFailure) => void;
  #dueSince: number | undefined;
  #timer: Timer;
  #isArmed = false;

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
    this.#dueSince = this.#clock.now();
    // A timer for every piece of a body would cost more than the piece: the one that runs looks again.
    if (!this.#isArmed) this.#arm(this.#timeout);
  }

  /** Nothing is due. */
  rest(): void {
    this.#dueSince = undefined;
  }

  close(): void {
    this.rest();
    this.#clock.clearTimeout(this.#timer);
    this.#isArmed = false;
  }

  #arm(delay: number): void {
    const dueAt = this.#clock.now() + delay;
    this.#isArmed = true;
    this.#timer = this.#clock.setTimeout(() => this.#look(this.#clock.now() - dueAt), delay);
  }

  #look(late: number): void {
    this.#isArmed = false;
    if (this.#dueSince === undefined) return;
    if (late > this.#timeout * FROZEN) this.#dueSince = this.#clock.now();
    const left = this.#timeout - (this.#clock.now() - this.#dueSince);
    if (left > 0) this.#arm(left);
    else this.#onTimeout(new DownloadFailure('timeout', `Nothing came for ${this.#timeout / 1_000} s`));
  }
}
