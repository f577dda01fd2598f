import type { Clock, Timer } from '../../core/index.js';

/** The least time between two beats, in ms: no view is drawn more often. */
const INTERVAL = 100;

/** How often anybody waits between two looks at the clock, which costs more than to wait. */
const CHECK_EVERY = 16;

const tickers = new WeakMap<Clock, DeliveryTicker>();

/**
 * The moments in which bytes are handed on. They are the same for all downloads: to set
 * a timer costs a page more than what is done when it is over.
 */
export class DeliveryTicker {
  readonly #clock: Clock;
  readonly #callbacks = new Set<() => void>();
  #timer: Timer;
  #dueAt: number | undefined;
  #count = 0;

  private constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The beat of a clock. */
  static of(clock: Clock): DeliveryTicker {
    const ticker = tickers.get(clock) ?? new DeliveryTicker(clock);
    tickers.set(clock, ticker);
    return ticker;
  }

  /** Calls `callback` with the next beat, once, however often it waits. */
  schedule(callback: () => void): void {
    this.#callbacks.add(callback);
    this.#count += 1;
    if (this.#dueAt === undefined) {
      this.#dueAt = this.#clock.now() + INTERVAL;
      this.#timer = this.#clock.setTimeout(() => this.#tick(), INTERVAL);
    } else if (this.#count % CHECK_EVERY === 0 && this.#clock.now() > this.#dueAt) {
      // Browsers fire the timers of a hidden page late, in the end once a minute, while bytes come as before.
      this.#tick();
    }
  }

  /** Lets `callback` wait no longer. */
  cancel(callback: () => void): void {
    this.#callbacks.delete(callback);
    if (this.#callbacks.size === 0) this.#stop();
  }

  #tick(): void {
    const callbacks = [...this.#callbacks];
    this.#callbacks.clear();
    this.#stop();
    for (const callback of callbacks) callback();
  }

  #stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#dueAt = undefined;
  }
}
