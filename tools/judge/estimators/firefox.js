/** Least time between two updates, in ms. */
const interval = 400;
/** Share of the newest speed. */
const smoothing = 0.1;

/** Firefox: the speed of DownloadCore, and the time left of DownloadUtils, which stays close to its last value. */
export class Firefox {
  #updatedAt;
  #loaded = 0;
  #speed = 0;
  /** @type {number | undefined} */
  #left;

  /** @param {number} now */
  constructor(now) {
    this.#updatedAt = now;
  }

  /** @type {import('./index.js').Estimator['add']} */
  add(now, loaded, remaining) {
    const time = now - this.#updatedAt;
    if (time < interval) return;
    const speed = ((loaded - this.#loaded) / time) * 1_000;
    this.#speed = this.#speed === 0 ? speed : speed * smoothing + this.#speed * (1 - smoothing);
    this.#updatedAt = now;
    this.#loaded = loaded;
    if (this.#speed > 0) this.#left = cling(remaining / this.#speed, this.#left ?? Infinity);
  }

  read() {
    return this.#left;
  }
}

/**
 * @param {number} seconds
 * @param {number} last
 */
function cling(seconds, last) {
  if (seconds <= last / 2 || last === Infinity) return seconds;
  const change = seconds - last;
  const next = last + (change < 0 ? 0.3 : 0.1) * change;
  const isSimilar = Math.abs(next - last) < 5 || Math.abs((next - last) / last) < 0.05;
  return isSimilar ? Math.max(0, last - (change < 0 ? 0.4 : 0.2)) : next;
}
