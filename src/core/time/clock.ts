/** A timer that {@link Clock.setTimeout} has started. Its type is private to the clock. */
export type Timer = unknown;

/**
 * The port to time. Every class of core that waits or measures uses one, so that a recorded trace
 * replays exactly and no test has to sleep.
 */
export interface Clock {
  /** Milliseconds from an arbitrary start; never decreases. */
  now(): number;
  /**
   * The start of `now()`, in ms since 1970, as `performance.timeOrigin`.
   * `undefined` means that `now()` counts from 1970.
   */
  readonly timeOrigin?: number | undefined;
  /** Calls `callback` once, `delay` milliseconds from now. */
  setTimeout(callback: () => void, delay: number): Timer;
  /** Stops a timer. Without effect on one that has run or was stopped. */
  clearTimeout(timer: Timer): void;
}

/** Milliseconds since 1970 by `clock`: the time that is stored for the next visit. */
export function epochNow(clock: Clock): number {
  return (clock.timeOrigin ?? 0) + clock.now();
}
