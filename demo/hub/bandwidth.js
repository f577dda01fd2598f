const largestSlice = 64 * 1024;
const slicesPerSecond = 20;
const catchUp = 50;

/** Shares a number of bytes per second among all bodies that ask for a turn. */
export class Bandwidth {
  #clock;
  #bytesPerSecond;
  #free = -Infinity;

  /**
   * @param {import('./clock.js').Clock} clock
   * @param {() => number} bytesPerSecond Asked at every turn; 0 is no limit.
   */
  constructor(clock, bytesPerSecond) {
    this.#clock = clock;
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** How many bytes to send at a time, so that slow links move smoothly. */
  get slice() {
    const rate = this.#bytesPerSecond();
    return rate === 0 ? largestSlice : Math.max(1, Math.min(largestSlice, Math.floor(rate / slicesPerSecond)));
  }

  /**
   * Waits until so many bytes may go.
   *
   * @param {number} bytes
   * @param {AbortSignal} signal
   */
  async turn(bytes, signal) {
    const rate = this.#bytesPerSecond();
    if (rate === 0) return;
    const now = this.#clock.now();
    // A timer that fired late is made up for, or the rate would stay below the one asked for.
    this.#free = Math.max(now - catchUp, this.#free) + (bytes / rate) * 1000;
    if (this.#free > now) await this.#clock.sleep(this.#free - now, signal);
  }
}
