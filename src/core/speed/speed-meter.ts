import { StallEstimator } from './stall-estimator.js';

/** The speed of one window of transfer. */
export interface SpeedSample {
  /** When the window ended, in milliseconds of transfer time: the time of the clock without the gaps between transfers. */
  readonly timestamp: number;
  /** Bytes per second in the window. */
  readonly bytesPerSecond: number;
  /** The length of the window, in milliseconds. */
  readonly windowSize: number;
}

/** The shortest window of a sample, in ms. The speed of a shorter one is noise. */
const SAMPLE_WINDOW = 250;

/** The number of stored samples: they cover at least a minute, which is the longest span of a pace. */
const CAPACITY = 240;

/** The span of a speed, in ms: the last 15 s have 90 % of the weight, as in the Rust library indicatif. */
const SPAN = 15_000;

/**
 * Measures the speed of arriving bytes.
 *
 * The weight of a sample is its length, and decays with its age. The sum is divided by the weight of the samples, not by
 * that of a full span, so that the first seconds do not seem slow. The time between transfers does not count, nor does a
 * stall: a silence much longer than those before it.
 */
export class SpeedMeter {
  /** Oldest first. */
  #samples: SpeedSample[] = [];
  readonly #stalls = new StallEstimator();
  #transferTime = 0;
  #windowStart: number | undefined;
  #windowBytes = 0;
  #receivedAt = 0;
  #chunks = 0;

  /** Begins a transfer at `now` (ms). Without effect during one. */
  start(now: number): void {
    if (this.#windowStart !== undefined) return;
    this.#windowStart = now;
    this.#receivedAt = now;
    this.#chunks = 0;
  }

  /** Ends the transfer at `now` (ms). The time until the next one does not count. */
  stop(now: number): void {
    this.#closeWindow(this.#isStall(now) ? this.#receivedAt : now);
    this.#windowStart = undefined;
    this.#windowBytes = 0;
  }

  /**
   * Adds `bytes` that have arrived by `now`. Bytes whose duration is unknown do not count: the first ones without a
   * `start()`, and those that end a stall.
   */
  add(bytes: number, now: number): void {
    if (this.#windowStart === undefined) {
      this.start(now);
      return;
    }
    const silence = now - this.#receivedAt;
    if (this.#isStall(now)) {
      this.stop(now);
      this.start(now);
      this.#stalls.record(silence);
      return;
    }
    if (this.#chunks === 1) this.#reconsiderFirst(bytes, silence);
    this.#receivedAt = now;
    this.#windowBytes += bytes;
    this.#chunks++;
    const open = this.#openDuration(now);
    if (open < SAMPLE_WINDOW) return;
    this.#stalls.record(open);
    this.#closeWindow(now);
  }

  /** Returns the bytes per second as of `now` (ms). They fall while no byte arrives. `undefined` before the first sample. */
  bytesPerSecond(now: number): number | undefined {
    const open = this.#openDuration(now);
    const counted = open >= SAMPLE_WINDOW ? open : 0;
    return this.#average(SPAN, counted, this.#transferTime + open);
  }

  /**
   * Returns the bytes per second while bytes arrive; `undefined` before the first sample. Unlike the speed they do not fall in silence.
   *
   * @param span How many of the last ms of transfer have 90 % of the weight.
   */
  pace(span: number): number | undefined {
    return this.#average(span, 0, this.#transferTime);
  }

  /** Returns the milliseconds of transfer until `now` (ms), without stalls. */
  transferTime(now: number): number {
    return this.#transferTime + this.#openDuration(this.#isStall(now) ? this.#receivedAt : now);
  }

  /** @param open The part of the open window that counts, in ms. */
  #average(span: number, open: number, end: number): number | undefined {
    const decay = span / Math.LN10;
    let weight = weightOf(0, open, decay);
    let weightedRate = open > 0 ? (this.#windowBytes / open) * 1_000 * weight : 0;
    for (const sample of this.#samples) {
      const share = weightOf(end - sample.timestamp, sample.windowSize, decay);
      weightedRate += sample.bytesPerSecond * share;
      weight += share;
    }
    return weight === 0 ? undefined : weightedRate / weight;
  }

  /**
   * Leaves out the first chunk if it was faster than the second one. It had then arrived with the headers and waited in a buffer,
   * so its speed is not that of the link.
   */
  #reconsiderFirst(nextBytes: number, nextDuration: number): void {
    const firstDuration = this.#openDuration(this.#receivedAt);
    if (this.#windowBytes * nextDuration <= nextBytes * firstDuration) return;
    this.#windowStart = this.#receivedAt;
    this.#windowBytes = 0;
  }

  #isStall(now: number): boolean {
    return now - this.#receivedAt > this.#stalls.patience;
  }

  #openDuration(now: number): number {
    return this.#windowStart === undefined ? 0 : Math.max(0, now - this.#windowStart);
  }

  #closeWindow(now: number): void {
    const windowSize = this.#openDuration(now);
    if (windowSize === 0) return;
    this.#transferTime += windowSize;
    const bytesPerSecond = (this.#windowBytes / windowSize) * 1_000;
    this.#samples.push({ timestamp: this.#transferTime, bytesPerSecond, windowSize });
    this.#samples = this.#samples.slice(-CAPACITY);
    this.#windowStart = now;
    this.#windowBytes = 0;
    this.#chunks = Infinity;
  }
}

/** Returns the weight of a window that ended `age` ms ago: the integral of exp(-t/decay) over it. */
function weightOf(age: number, windowSize: number, decay: number): number {
  return Math.exp(-age / decay) - Math.exp(-(age + windowSize) / decay);
}
