import type { Clock, Timer } from '../../core/index.js';

/** The least time between two ticks, in ms: no view is drawn more often. */
const INTERVAL = 100;

/** Calls of `schedule()` between two reads of the clock. A read costs more than a call. */
const CHECK_EVERY = 16;

const tickers = new WeakMap<Clock, DeliveryTicker>();

/**
 * A timer that all downloads share. They deliver bytes at its ticks, since setting a timer for each of them would cost more than the
 * delivery itself.
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

  /** Returns the ticker of a clock. */
  static of(clock: Clock): DeliveryTicker {
    const ticker = tickers.get(clock) ?? new DeliveryTicker(clock);
    tickers.set(clock, ticker);
    return ticker;
  }

  /** Calls `callback` at the next tick, once, however often it is scheduled. */
  schedule(callback: () => void): void {
    this.#callbacks.add(callback);
    this.#count += 1;
    if (this.#dueAt === undefined) {
      this.#dueAt = this.#clock.now() + INTERVAL;
      this.#timer = this.#clock.setTimeout(() => this.#tick(), INTERVAL);
    } else if (this.#count % CHECK_EVERY === 0 && this.#clock.now() > this.#dueAt) {
      // Browsers throttle the timers of a hidden page down to one a minute, while bytes arrive as before.
      this.#tick();
    }
  }

  /** Removes `callback`. */
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
