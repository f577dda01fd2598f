/** The highest percentage that is shown while a file is incomplete. Views round it down to 99 %. */
const ALMOST = 99.99;

/** How far the shown percentage may exceed that of the bytes once the plan has turned out too short, in percentage points. */
const TOLERANCE = 1;

/** The percentage of a load while its files arrive: it never decreases, and never reaches 100. */
export class ShownPercent {
  #highest = 0;
  #wasFull = false;

  /**
   * Applies the figures after an event.
   *
   * @param percent The bytes that have arrived, in percent of the known total.
   * @param isFull Whether the load is shown as full.
   */
  update(percent: number | undefined, isFull: boolean): void {
    this.#highest = Math.max(this.#highest, percent ?? 0);
    this.#wasFull ||= isFull;
  }

  /** Returns the percentage to show for `percent`; `undefined` if any percentage would be wrong. */
  read(percent: number | undefined): number | undefined {
    if (percent === undefined || this.#wasFull) return undefined;
    const shown = Math.max(percent, this.#highest);
    // Every byte of the plan had arrived, and more files have followed: the plan was too short.
    if (shown >= 100 && percent < 100 - TOLERANCE) return undefined;
    return Math.min(shown, ALMOST);
  }
}
