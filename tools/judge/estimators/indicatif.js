/** The time in which a measurement loses nine tenths of its weight, in ms. */
const span = 15_000;

/** indicatif 0.18, state.rs: a speed that is averaged twice over time; the time since the last step counts as steps of 0 bytes. */
export class Indicatif {
  #start;
  #updatedAt;
  #loaded = 0;
  #remaining = 0;
  #once = 0;
  #twice = 0;

  /** @param {number} now */
  constructor(now) {
    this.#start = now;
    this.#updatedAt = now;
  }

  /** @type {import('./index.js').Estimator['add']} */
  add(now, loaded, remaining) {
    const [time, bytes] = [now - this.#updatedAt, loaded - this.#loaded];
    this.#remaining = remaining;
    if (time === 0 || bytes <= 0) return;
    const weight = weightOf(time);
    this.#once = this.#once * weight + (bytes / time) * (1 - weight);
    this.#twice = this.#twice * weight + (this.#once / this.#totalWeight(now)) * (1 - weight);
    this.#updatedAt = now;
    this.#loaded = loaded;
  }

  /** @param {number} now */
  read(now) {
    const weight = weightOf(now - this.#updatedAt);
    const total = this.#totalWeight(now);
    if (total === 0) return undefined;
    const once = (this.#once * weight) / total;
    const speed = (this.#twice * weight + once * (1 - weight)) / total;
    return speed === 0 ? undefined : this.#remaining / speed / 1_000;
  }

  /** @param {number} now */
  #totalWeight(now) {
    return 1 - weightOf(now - this.#start);
  }
}

/** @param {number} age */
function weightOf(age) {
  return 0.1 ** (age / span);
}
