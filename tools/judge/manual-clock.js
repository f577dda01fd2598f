/**
 * A clock with a time that is set by hand. A tracker sets no timers.
 *
 * @typedef {import('../../dist/core/index.js').Clock} Clock
 * @implements {Clock}
 */
export class ManualClock {
  timeOrigin = 0;
  #now = 0;

  now() {
    return this.#now;
  }

  /** @param {number} time */
  moveTo(time) {
    this.#now = time;
  }

  /** @returns {never} */
  setTimeout() {
    throw new Error('A replay has no timers');
  }

  clearTimeout() {}
}
