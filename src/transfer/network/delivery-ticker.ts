import type { Clock, Timer } from '../../core/index.js';

/** The least time between two beats, in ms: no view is drawn more often. */
const INTERVAL = 100;

/** How often anybody waits between two looks at the clock, which costs more than to wait. */
const ASKED_EVERY = 16;

const beats = new WeakMap<Clock, DeliveryTicker>();

/**
 * The moments in which bytes are handed on. They are the same for all downloads: to set
 * a timer costs a page more than what is done when it is over.
 */
export class DeliveryTicker {
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();
  #timer: Timer;
  #dueAt: number | undefined;
  #count = 0;

  private constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The beat of a clock. */
  static of(clock: Clock): DeliveryTicker {
    const beat = beats.get(clock) ?? new DeliveryTicker(clock);
    beats.set(clock, beat);
    return beat;
  }

  /** Calls `callback` with the next beat, once, however often it waits. */
  wait(callback: () => void): void {
    this.#waiting.add(callback);
    this.#count += 1;
    if (this.#dueAt === undefined) {
      this.#dueAt = this.#clock.now() + INTERVAL;
      this.#timer = this.#clock.setTimeout(() => this.#strike(), INTERVAL);
    } else if (this.#count % ASKED_EVERY === 0 && this.#clock.now() > this.#dueAt) {
      // Browsers fire the timers of a hidden page late, in the end once a minute, while bytes come as before.
      this.#strike();
    }
  }

  /** Lets `callback` wait no longer. */
  forget(callback: () => void): void {
    this.#waiting.delete(callback);
    if (this.#waiting.size === 0) this.#stop();
  }

  #strike(): void {
    const callbacks = [...this.#waiting];
    this.#waiting.clear();
    this.#stop();
    for (const callback of callbacks) callback();
  }

  #stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#dueAt = undefined;
  }
}
