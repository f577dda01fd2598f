/** A timer that {@link Clock.setTimeout} started; only its clock knows what is inside. */
export type Timer = unknown;

/**
 * The port to time. Everything in core that waits or measures takes one, so that a recorded trace
 * replays exactly and no test has to sleep.
 */
export interface Clock {
  /** Milliseconds from an arbitrary start; never goes back. */
  now(): number;
  /**
   * What to add to `now()` to get milliseconds since 1970, as `performance.timeOrigin`.
   * `undefined` means that `now()` counts from 1970 already.
   */
  readonly timeOrigin?: number | undefined;
  /** Calls `callback` once, `delay` milliseconds from now. */
  setTimeout(callback: () => void, delay: number): Timer;
  /** Stops a timer; one that has run or was stopped is let be. */
  clearTimeout(timer: Timer): void;
}

/** Milliseconds since 1970 by `clock`: the time that is persisted and that outlives a page. */
export function epochNow(clock: Clock): number {
  return (clock.timeOrigin ?? 0) + clock.now();
}
