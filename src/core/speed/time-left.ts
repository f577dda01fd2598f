/** No time left is told before a transfer has lasted this long, in ms. */
const MIN_TRANSFER_TIME = 1_500;

/** …nor before this share of the bytes has come, from 0 to 1. */
const MIN_SHARE = 0.005;

/** The first look back, in ms: that of the speed. */
const FIRST_SPAN = 15_000;

/** How far a look back reaches at the least and at the most, in ms. */
const LEAST_SPAN = 3_000;
const MOST_SPAN = 60_000;

/** How long the shown time takes to go half the way to a new estimate: at the most, in ms… */
const HALF_LIFE = 2_000;

/** …and as a share of the time left, so that the last seconds do not lag behind. */
const HALF_LIFE_SHARE = 0.1;

/** What a time left is read from. */
export interface TimeLeftInput {
  /** Bytes still to come. */
  readonly remaining: number;
  /** Bytes that have come. */
  readonly received: number;
  /** Whether bytes come; not so while stalled. */
  readonly isMoving: boolean;
  /** Bytes per second, over as many ms as are given. */
  readonly pace: (span: number) => number | undefined;
  /** Milliseconds of transfer so far, stalls left out. */
  readonly transferTime: number;
}

/**
 * The time left as a person can follow it: it counts down while bytes come and leans towards each
 * new estimate instead of jumping to it.
 *
 * An estimate looks back as far as it looks ahead: a long rest is told by the pace of minutes, the
 * last seconds by that of seconds.
 */
export class TimeLeft {
  #shown: number | undefined;
  #transferTime = 0;

  /** Seconds left, or `undefined` while any figure would be a guess. */
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

  /** Forgets what was shown, so that the next figure starts from its own estimate. */
  reset(): void {
    this.#shown = undefined;
  }
}

/** Seconds left, as far as the bytes tell. */
function estimateOf({ remaining, received, isMoving, pace, transferTime }: TimeLeftInput): number | undefined {
  const tooEarly = transferTime < MIN_TRANSFER_TIME || received < (received + remaining) * MIN_SHARE;
  if (tooEarly || !isMoving) return undefined;
  const first = pace(FIRST_SPAN);
  if (!first) return undefined;
  const span = Math.min(MOST_SPAN, Math.max(LEAST_SPAN, (remaining / first) * 1_000));
  return remaining / (pace(span) ?? first);
}
