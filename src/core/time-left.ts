/** No time left is told before a transfer has lasted this long, in ms. */
const MIN_TRANSFER_TIME = 1_500;

/** …nor before this share of the bytes has come, from 0 to 1. */
const MIN_SHARE = 0.005;

/** How long the shown time takes to go half the way to a new estimate, in ms. */
const HALF_LIFE = 2_000;

/** What a time left is read from. */
export interface TimeLeftInput {
  /** Bytes still to come. */
  readonly remaining: number;
  /** Bytes of the whole. */
  readonly total: number;
  /** Bytes per second; `undefined` while unknown. */
  readonly speed: number | undefined;
  /** Milliseconds of transfer so far. */
  readonly transferTime: number;
}

/**
 * The time left as a person can follow it: it counts down with the clock and leans towards each
 * new estimate instead of jumping to it.
 */
export class TimeLeft {
  #shown: number | undefined;
  #readAt = 0;

  /** Seconds left as of `now` (ms), or `undefined` while any figure would be a guess. */
  read({ remaining, total, speed, transferTime }: TimeLeftInput, now: number): number | undefined {
    const tooEarly = transferTime < MIN_TRANSFER_TIME || total - remaining < total * MIN_SHARE;
    if (tooEarly || !speed || total <= 0) {
      this.reset();
      return undefined;
    }
    const estimate = remaining / speed;
    if (this.#shown === undefined) {
      this.#shown = estimate;
    } else {
      const elapsed = Math.max(0, now - this.#readAt);
      const countedDown = Math.max(0, this.#shown - elapsed / 1_000);
      this.#shown = countedDown + (estimate - countedDown) * (1 - 0.5 ** (elapsed / HALF_LIFE));
    }
    this.#readAt = now;
    return this.#shown;
  }

  /** Forgets what was shown, so that the next figure starts from its own estimate. */
  reset(): void {
    this.#shown = undefined;
  }
}
