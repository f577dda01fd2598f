/** Of both filters, in ms. */
const halfLife = 2_000;
/** Least time between two renderings, in ms. */
const interval = 500;

/** Uppy, StatusBar.tsx and emaFilter.ts: a filtered speed, and a filtered time left that counts down. */
export class Uppy {
  #renderedAt;
  #updatedAt;
  #loaded = 0;
  /** @type {number | undefined} */
  #speed;
  /** @type {number | undefined} */
  #left;

  /** @param {number} now */
  constructor(now) {
    this.#renderedAt = now - interval;
    this.#updatedAt = now;
  }

  /** @type {import('./index.js').Estimator['add']} */
  add(now, loaded, remaining) {
    if (now - this.#renderedAt < interval) return;
    this.#renderedAt = now;
    const [time, bytes] = [now - this.#updatedAt, loaded - this.#loaded];
    this.#loaded = loaded;
    if (time === 0 || bytes <= 0) return;
    this.#speed = this.#speed === undefined ? bytes / time : filter(bytes / time, this.#speed, time);
    const left = remaining / this.#speed;
    this.#left = this.#left === undefined ? left : filter(left, Math.max(this.#left - time, 0), time);
    this.#updatedAt = now;
  }

  read() {
    return this.#left === undefined ? undefined : Math.round(this.#left / 100) / 10;
  }
}

/**
 * @param {number} value
 * @param {number} before
 * @param {number} time
 */
function filter(value, before, time) {
  return value + (before - value) * 2 ** (-time / halfLife);
}
