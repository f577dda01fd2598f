import { setTimeout as delay } from 'node:timers/promises';

/**
 * The hub's access to time, which tests can replace.
 *
 * @typedef {object} Clock
 * @property {() => number} now Milliseconds that never go back.
 * @property {(milliseconds: number, signal: AbortSignal) => Promise<void>} sleep Ends early, without an error, when the signal is aborted.
 */

/** @type {Clock} */
export const systemClock = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }).catch(() => undefined),
};
