import { check, checkOptions } from '../checks.js';
import type { Clock, Timer } from './clock.js';
import { notify } from './notify.js';
import { systemClock } from './system-clock.js';

/** Options of a {@link ThrottledProgressUpdater}. */
export interface ThrottledProgressUpdaterOptions {
  /** The least time between two updates, in ms; a function is called at each update. Default 100. */
  readonly interval?: number | (() => number) | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
}

/** The number of values between two reads of the clock. */
const CHECKED_EVERY = 8;

/** Delivers values at most once per interval: the first at once, the last always, none after `cancel()`. */
export class ThrottledProgressUpdater<T> {
  readonly #update: (value: T) => void;
  readonly #interval: () => number;
  readonly #clock: Clock;
  #pending: { readonly value: T } | undefined;
  #timer: Timer;
  #waiting = false;
  #passedAt = -Infinity;
  /** The number of values since the last delivery. */
  #held = 0;
  #cancelled = false;

  /** @throws RangeError when `interval` is not a finite number from 0 up; TypeError for another type. */
  constructor(update: (value: T) => void, options: ThrottledProgressUpdaterOptions = {}) {
    check(typeof update === 'function', 'update', update, 'a function');
    checkOptions(options, { clock: 'object' });
    const { interval = 100, clock = systemClock } = options;
    const isNumber = typeof interval === 'number';
    const isValid = isNumber ? interval >= 0 && interval < Infinity : typeof interval === 'function';
    check(isValid, 'interval', interval, 'a finite number from 0 up', isNumber);
    this.#update = update;
    this.#interval = isNumber ? () => interval : interval;
    this.#clock = clock;
  }

  /** Delivers `value` now, or at the end of the interval unless a newer value replaces it. */
  update(value: T): void {
    if (this.#cancelled) return;
    this.#held += 1;
    if (this.#waiting && !this.#isLate()) this.#pending = { value };
    else this.#pass(value);
  }

  /** Delivers a waiting value at once. */
  flush(): void {
    const pending = this.#pending;
    if (pending) this.#pass(pending.value);
  }

  /** Discards a waiting value and all later ones. */
  cancel(): void {
    this.#cancelled = true;
    this.#pending = undefined;
    this.#clock.clearTimeout(this.#timer);
  }

  /** Whether the timer is overdue. Browsers fire the timers of a hidden page late, after some minutes only once a minute. */
  #isLate(): boolean {
    // Reading the clock costs more than storing a value.
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
