import type { Clock } from './clock.js';

/** The longest delay of a platform timer, in ms; a longer one overflows and fires at once. */
export const MOST_DELAY = 2 ** 31 - 1;

/**
 * The platform's own time.
 *
 * It calls the globals instead of keeping references to them, so that a page can replace them by fake
 * timers. The origin is computed at each read because `performance.now()` stops while some systems sleep.
 */
export const systemClock: Clock = {
  now: () => performance.now(),
  get timeOrigin() {
    return Date.now() - performance.now();
  },
  setTimeout: (callback, delay) => setTimeout(callback, Math.min(delay, MOST_DELAY)),
  clearTimeout: (timer) => clearTimeout(timer as number),
};
