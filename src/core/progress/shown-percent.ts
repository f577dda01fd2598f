/** The most that is shown while a file is not done: views round down, so that it reads 99 %. */
const ALMOST = 99.99;

/** How far, in points, a shown percentage may be ahead of the bytes once the plan has turned out too short. */
const TOLERANCE = 1;

/** The percentage of a load whose files are on their way: it never falls, and is never full. */
export class ShownPercent {
  #highest = 0;
  #wasFull = false;

  /**
   * Takes what is known after an event.
   *
   * @param percent The bytes that are here, in percent of those that are known to be needed.
   * @param isFull Whether the load is shown as full.
   */
  update(percent: number | undefined, isFull: boolean): void {
    this.#highest = Math.max(this.#highest, percent ?? 0);
    this.#wasFull ||= isFull;
  }

  /** The percentage to show for `percent`, or `undefined` when no figure would be true. */
  read(percent: number | undefined): number | undefined {
    if (percent === undefined || this.#wasFull) return undefined;
    const shown = Math.max(percent, this.#highest);
    // Every byte of the plan was here, and more files have turned up: the plan was too short.
    if (shown >= 100 && percent < 100 - TOLERANCE) return undefined;
    return Math.min(shown, ALMOST);
  }
}
