import type { Clock } from './clock.js';

/** The longest delay of a platform timer, in ms; a longer one overflows and fires at once. */
export const MOST_DELAY = 2 ** 31 - 1;

/**
 * The platform's own time.
 *
 * It calls through to the globals instead of keeping references to them, so that a page's fake
 * timers reach it. The origin is read anew each time because `performance.now()` stands still
 * while some systems sleep.
 */
export const systemClock: Clock = {
  now: () => performance.now(),
  get timeOrigin() {
    return Date.now() - performance.now();
  },
  setTimeout: (callback, delay) => setTimeout(callback, Math.min(delay, MOST_DELAY)),
  clearTimeout: (timer) => clearTimeout(timer as number),
};
