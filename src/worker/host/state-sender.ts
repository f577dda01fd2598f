import type { Clock, DownloadState, Timer } from '../../core/index.js';

/** The least time between two messages that no transition calls for, in ms. */
const INTERVAL = 100;

/**
 * Sends the states of one download: a transition at once, anything else at most once per interval,
 * and the last always. A transition takes what waits with it.
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

  /** Sends the last state now, whether it was sent before or not. */
  flush(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#isScheduled = false;
    if (!this.#last) return;
    this.#sentAt = this.#clock.now();
    this.#send(this.#last);
  }
}
