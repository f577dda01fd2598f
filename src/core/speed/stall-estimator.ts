/** Silence is no stall before this, in ms, whatever the rhythm was: the least time-out of TCP (RFC 6298). */
const LEAST_PATIENCE = 1_000;

/** …nor before this while there is no rhythm yet: TCP's first time-out (RFC 2988). */
const FIRST_PATIENCE = 3_000;

/**
 * How far samples lie apart, and how long a silence may be before it is a stall: their mean distance
 * and four times its mean deviation, as TCP tells a lost packet from a late one (RFC 6298).
 */
export class StallEstimator {
  #mean: number | undefined;
  #deviation = 0;

  /** How long a silence may be, in ms. */
  get patience(): number {
    if (this.#mean === undefined) return FIRST_PATIENCE;
    return Math.max(LEAST_PATIENCE, this.#mean + 4 * this.#deviation);
  }

  /** Takes the distance between two samples, in ms. A stall is one too: links that stall again and again are so. */
  record(distance: number): void {
    if (this.#mean === undefined) {
      this.#deviation = distance / 2;
      this.#mean = distance;
    } else {
      this.#deviation += (Math.abs(distance - this.#mean) - this.#deviation) / 4;
      this.#mean += (distance - this.#mean) / 8;
    }
  }

  reset(): void {
    this.#mean = undefined;
  }
}
