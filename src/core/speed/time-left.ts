/** The least duration of a transfer for an estimate, in ms. */
const MIN_TRANSFER_TIME = 1_500;

/** The least share of the bytes for an estimate, from 0 to 1. */
const MIN_SHARE = 0.005;

/** The span of the first pace, in ms: that of the speed. */
const FIRST_SPAN = 15_000;

/** The shortest and the longest span of a pace, in ms. */
const LEAST_SPAN = 3_000;
const MOST_SPAN = 60_000;

/** The longest time in which the shown time moves half the way to a new estimate, in ms. */
const HALF_LIFE = 2_000;

/** The same as a share of the time left, so that the last seconds do not lag behind. */
const HALF_LIFE_SHARE = 0.1;

/** The figures that a time left is estimated from. */
export interface TimeLeftInput {
  /** Bytes that are still missing. */
  readonly remaining: number;
  /** Bytes that have arrived. */
  readonly received: number;
  /** Whether bytes arrive; `false` while stalled. */
  readonly isMoving: boolean;
  /** Returns the bytes per second over a span in ms. */
  readonly pace: (span: number) => number | undefined;
  /** Milliseconds of transfer so far, without stalls. */
  readonly transferTime: number;
}

/**
 * The time left, smoothed for reading: it counts down while bytes arrive, and moves towards each new
 * estimate instead of jumping to it.
 *
 * An estimate uses the pace of a span that is as long as the time left, from the last 3 s to the last minute.
 */
export class TimeLeft {
  #shown: number | undefined;
  #transferTime = 0;

  /** Returns the seconds left to show; `undefined` while they can only be guessed. */
  read(input: TimeLeftInput): number | undefined {
    const estimate = estimateOf(input);
    if (estimate === undefined) {
      this.reset();
      return undefined;
    }
    if (this.#shown === undefined) {
      this.#shown = estimate;
    } else {
      const elapsed = Math.max(0, input.transferTime - this.#transferTime);
      const countedDown = Math.max(0, this.#shown - elapsed / 1_000);
      const halfLife = Math.min(HALF_LIFE, countedDown * 1_000 * HALF_LIFE_SHARE);
      const kept = halfLife > 0 ? 0.5 ** (elapsed / halfLife) : 0;
      this.#shown = estimate + (countedDown - estimate) * kept;
    }
    this.#transferTime = input.transferTime;
    return this.#shown;
  }

  /** Forgets the shown time, so that the next one is its own estimate. */
  reset(): void {
    this.#shown = undefined;
  }
}

/** Returns the seconds left by the bytes alone, without smoothing. */
function estimateOf({ remaining, received, isMoving, pace, transferTime }: TimeLeftInput): number | undefined {
  const tooEarly = transferTime < MIN_TRANSFER_TIME || received < (received + remaining) * MIN_SHARE;
  if (tooEarly || !isMoving) return undefined;
  const first = pace(FIRST_SPAN);
  if (!first) return undefined;
  const span = Math.min(MOST_SPAN, Math.max(LEAST_SPAN, (remaining / first) * 1_000));
  return remaining / (pace(span) ?? first);
}
