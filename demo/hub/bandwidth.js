const largestSlice = 64 * 1024;
const slicesPerSecond = 20;
const catchUp = 50;

/** Divides a number of bytes per second between all active bodies. */
export class Bandwidth {
  #clock;
  #bytesPerSecond;
  #free = -Infinity;

  /**
   * @param {import('./clock.js').Clock} clock
   * @param {() => number} bytesPerSecond Called for every slice; 0 is no limit.
   */
  constructor(clock, bytesPerSecond) {
    this.#clock = clock;
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** The number of bytes to send at a time: slow links get small slices, so that their progress is smooth. */
  get slice() {
    const rate = this.#bytesPerSecond();
    return rate === 0 ? largestSlice : Math.max(1, Math.min(largestSlice, Math.floor(rate / slicesPerSecond)));
  }

  /**
   * Waits until a number of bytes may be sent.
   *
   * @param {number} bytes
   * @param {AbortSignal} signal
   */
  async turn(bytes, signal) {
    const rate = this.#bytesPerSecond();
    if (rate === 0) return;
    const now = this.#clock.now();
    // The delay of a late timer is compensated: the rate would otherwise stay below the requested one.
    this.#free = Math.max(now - catchUp, this.#free) + (bytes / rate) * 1000;
    if (this.#free > now) await this.#clock.sleep(this.#free - now, signal);
  }
}
