import type { Clock, DownloadState, Timer } from '../../core/index.js';

/** The minimum interval between two messages of the same status, in ms. */
const INTERVAL = 100;

/**
 * Sends the states of one download: immediately after a change of status, otherwise at most once per interval. The last
 * state is always sent. A change of status cancels a scheduled message.
 */
export class StateSender {
  readonly #send: (state: DownloadState) => void;
  readonly #clock: Clock;
  #last: DownloadState | undefined;
  #sentAt = -Infinity;
  #timer: Timer;
  #isScheduled = false;

  constructor(send: (state: DownloadState) => void, clock: Clock) {
    this.#send = send;
    this.#clock = clock;
  }

  /** Sends a state now or later. */
  update(state: DownloadState): void {
    const isTransition = state.status !== this.#last?.status;
    this.#last = state;
    const rest = this.#sentAt + INTERVAL - this.#clock.now();
    if (isTransition || rest <= 0) this.flush();
    else if (!this.#isScheduled) {
      this.#isScheduled = true;
      this.#timer = this.#clock.setTimeout(() => this.flush(), rest);
    }
  }

  /** Sends the last state now, even if it was sent before. */
  flush(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#isScheduled = false;
    if (!this.#last) return;
    this.#sentAt = this.#clock.now();
    this.#send(this.#last);
  }
}
