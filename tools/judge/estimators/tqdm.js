/** Share of the newest measurement. */
const smoothing = 0.3;
/** Least time between two prints, in ms. */
const interval = 100;

/** tqdm 4.69, std.py: bias-corrected averages of bytes and of times, divided; shown until the next print. */
export class Tqdm {
  #start;
  #printedAt;
  #printed = 0;
  #bytes = new Average();
  #time = new Average();
  /** @type {number | undefined} */
  #left;

  /** @param {number} now */
  constructor(now) {
    this.#start = now;
    this.#printedAt = now;
  }

  /** @type {import('./index.js').Estimator['add']} */
  add(now, loaded, remaining) {
    const [time, bytes] = [now - this.#printedAt, loaded - this.#printed];
    if (time < interval || bytes === 0) return;
    this.#bytes.add(bytes);
    this.#time.add(time);
    this.#printedAt = now;
    this.#printed = loaded;
    const rate = this.#time.value > 0 ? this.#bytes.value / this.#time.value : loaded / (now - this.#start);
    this.#left = remaining / rate / 1_000;
  }

  read() {
    return this.#left;
  }
}

class Average {
  #last = 0;
  #calls = 0;

  /** @param {number} value */
  add(value) {
    this.#last = smoothing * value + (1 - smoothing) * this.#last;
    this.#calls++;
  }

  get value() {
    return this.#calls === 0 ? 0 : this.#last / (1 - (1 - smoothing) ** this.#calls);
  }
}
