import type { Clock, Timer } from './clock.js';
import { notify } from './notify.js';
import { systemClock } from './system-clock.js';

/** Settings of a {@link ThrottledProgressUpdater}. */
export interface ThrottledProgressUpdaterOptions {
  /** The least time between two updates, in ms; a function is asked at each update. Default 100. */
  readonly interval?: number | (() => number) | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
}

/** How many values come between two looks at the clock. */
const CHECKED_EVERY = 8;

/** Passes values on at most once per interval: the first at once, the last always, none after `cancel()`. */
export class ThrottledProgressUpdater<T> {
  readonly #update: (value: T) => void;
  readonly #interval: () => number;
  readonly #clock: Clock;
  #pending: { readonly value: T } | undefined;
  #timer: Timer;
  #waiting = false;
  #passedAt = -Infinity;
  /** Values that have come since the last one was passed on. */
  #held = 0;
  #cancelled = false;

  /** @throws RangeError when `interval` is not a finite number from 0 up. */
  constructor(update: (value: T) => void, { interval = 100, clock = systemClock }: ThrottledProgressUpdaterOptions = {}) {
    if (typeof interval === 'number' && (!Number.isFinite(interval) || interval < 0)) {
      throw new RangeError(`interval must be a number of milliseconds from 0 up, got ${interval}`);
    }
    this.#update = update;
    this.#interval = typeof interval === 'number' ? () => interval : interval;
    this.#clock = clock;
  }

  /** Passes `value` on now, or when the interval is over if no newer value has come by then. */
  update(value: T): void {
    if (this.#cancelled) return;
    this.#held += 1;
    if (this.#waiting && !this.#isLate()) this.#pending = { value };
    else this.#pass(value);
  }

  /** Passes a waiting value on at once. */
  flush(): void {
    const pending = this.#pending;
    if (pending) this.#pass(pending.value);
  }

  /** Drops a waiting value and passes nothing on any more. */
  cancel(): void {
    this.#cancelled = true;
    this.#pending = undefined;
    this.#clock.clearTimeout(this.#timer);
  }

  /** Browsers fire the timers of a hidden page late, in the end once a minute, while values come as before. */
  #isLate(): boolean {
    // A clock costs more to ask than a value to hold.
    return this.#held % CHECKED_EVERY === 0 && this.#clock.now() - this.#passedAt >= this.#interval();
  }

  #pass(value: T): void {
    this.#pending = undefined;
    this.#held = 0;
    this.#waiting = true;
    this.#passedAt = this.#clock.now();
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(() => {
      this.#waiting = false;
      if (this.#pending) this.#pass(this.#pending.value);
    }, this.#interval());
    notify(this.#update, value, this.#clock);
  }
}
