const buckets = 10;
/** The length of a bucket, in ms. */
const span = 1_000;

/** Chromium, rate_estimator.cc: ten buckets of a second; the current one counts as a whole. */
export class Chromium {
  #start;
  #loaded = 0;
  #remaining = 0;
  /** Bucket → bytes. @type {Map<number, number>} */
  #counts = new Map();

  /** @param {number} now */
  constructor(now) {
    this.#start = now;
  }

  /** @type {import('./index.js').Estimator['add']} */
  add(now, loaded, remaining) {
    const bucket = this.#bucketAt(now);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + loaded - this.#loaded);
    this.#loaded = loaded;
    this.#remaining = remaining;
  }

  /** @param {number} now */
  read(now) {
    const newest = this.#bucketAt(now);
    const count = Math.min(buckets, newest + 1);
    let bytes = 0;
    for (let bucket = newest - count + 1; bucket <= newest; bucket++) bytes += this.#counts.get(bucket) ?? 0;
    return bytes === 0 ? undefined : this.#remaining / (bytes / ((count * span) / 1_000));
  }

  /** @param {number} now */
  #bucketAt(now) {
    return Math.floor((now - this.#start) / span);
  }
}
