/** The shortest silence that may be a stall, in ms: the least time-out of TCP (RFC 6298). */
const LEAST_PATIENCE = 1_000;

/** The same before the first sample: the initial time-out of TCP (RFC 2988). */
const FIRST_PATIENCE = 3_000;

/**
 * Estimates how long a silence may be before it is a stall: the mean distance of the samples plus four
 * times its mean deviation. TCP distinguishes a lost packet from a late one in the same way (RFC 6298).
 */
export class StallEstimator {
  #mean: number | undefined;
  #deviation = 0;

  /** The longest silence that is not a stall, in ms. */
  get patience(): number {
    if (this.#mean === undefined) return FIRST_PATIENCE;
    return Math.max(LEAST_PATIENCE, this.#mean + 4 * this.#deviation);
  }

  /** Records the distance of two samples, in ms. Stalls are recorded too, since some links stall regularly. */
  record(distance: number): void {
    if (this.#mean === undefined) {
      this.#deviation = distance / 2;
      this.#mean = distance;
    } else {
      this.#deviation += (Math.abs(distance - this.#mean) - this.#deviation) / 4;
      this.#mean += (distance - this.#mean) / 8;
    }
  }
}
