import { CircularBuffer } from './circular-buffer.js';

/** What one stretch of transfer measured. */
export interface SpeedSample {
  /** When the stretch ended, in milliseconds of transfer time: the clock less every gap between transfers. */
  readonly timestamp: number;
  /** Its rate, in bytes per second. */
  readonly bytesPerSecond: number;
  /** How long it lasted, in milliseconds. */
  readonly windowSize: number;
}

/** Chunks that arrive closer together than this, in ms, are one sample: shorter ones are noise. */
const SAMPLE_WINDOW = 250;

/** 30 s of samples: twice the span below, past which a sample weighs under 1 %. */
const CAPACITY = 120;

/**
 * Decay time in ms. The last 15 s carry 90 % of the weight, as in the Rust library indicatif:
 * exp(-15 s / τ) = 0.1.
 */
const DECAY = 15_000 / Math.LN10;

/**
 * Turns arriving bytes into a steady rate.
 *
 * A sample counts for as long as it lasted and fades with age; dividing by the weight in hand, not
 * by a full span, keeps the first seconds from reading slow. Time between transfers does not count.
 */
export class SpeedMeter {
  readonly #samples = new CircularBuffer<SpeedSample>(CAPACITY);
  #transferTime = 0;
  #windowStart: number | undefined;
  #windowBytes = 0;

  /** Says that a transfer is under way from `now` (ms) on. Without effect while one is. */
  start(now: number): void {
    this.#windowStart ??= now;
  }

  /** Says that no transfer is under way any more, so that the time until the next does not count. */
  stop(now: number): void {
    this.#closeWindow(now);
    this.#windowStart = undefined;
    this.#windowBytes = 0;
  }

  /** Adds `bytes` that had arrived by `now`. The first, if nothing said when it began, has no duration and is left out. */
  add(bytes: number, now: number): void {
    if (this.#windowStart === undefined) {
      this.start(now);
      return;
    }
    this.#windowBytes += bytes;
    if (now - this.#windowStart >= SAMPLE_WINDOW) this.#closeWindow(now);
  }

  /** Bytes per second as of `now`, falling while nothing arrives; `undefined` before there is evidence. */
  bytesPerSecond(now: number): number | undefined {
    const open = this.#openDuration(now);
    const end = this.#transferTime + open;
    let weightedRate = 0;
    let weight = 0;
    for (const sample of this.#samples) {
      const share = weightOf(end - sample.timestamp, sample.windowSize);
      weightedRate += sample.bytesPerSecond * share;
      weight += share;
    }
    if (open >= SAMPLE_WINDOW) {
      const share = weightOf(0, open);
      weightedRate += (this.#windowBytes / open) * 1_000 * share;
      weight += share;
    }
    return weight === 0 ? undefined : weightedRate / weight;
  }

  /** Milliseconds during which a transfer was under way. */
  transferTime(now: number): number {
    return this.#transferTime + this.#openDuration(now);
  }

  /** Forgets everything. */
  reset(): void {
    this.#samples.clear();
    this.#transferTime = 0;
    this.#windowStart = undefined;
    this.#windowBytes = 0;
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
    this.#windowStart = now;
    this.#windowBytes = 0;
  }
}

/** The integral of exp(-t/τ) over a window that ended `age` ms ago: its share of the average. */
function weightOf(age: number, windowSize: number): number {
  return Math.exp(-age / DECAY) - Math.exp(-(age + windowSize) / DECAY);
}
