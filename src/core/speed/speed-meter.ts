import { CircularBuffer } from './circular-buffer.js';
import { StallEstimator } from './stall-estimator.js';

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

/** A minute of samples: what the longest span below looks back on. */
const CAPACITY = 240;

/** How far back a speed looks, in ms: the last 15 s carry 90 % of the weight, as in the Rust library indicatif. */
const SPAN = 15_000;

/**
 * Turns arriving bytes into a steady rate.
 *
 * A sample counts for as long as it lasted and fades with age; dividing by the weight in hand, not
 * by a full span, keeps the first seconds from reading slow. Time between transfers does not count,
 * nor does a stall: silence much longer than those before it.
 */
export class SpeedMeter {
  readonly #samples = new CircularBuffer<SpeedSample>(CAPACITY);
  readonly #stalls = new StallEstimator();
  #transferTime = 0;
  #windowStart: number | undefined;
  #windowBytes = 0;
  #receivedAt = 0;
  #chunks = 0;

  /** Says that a transfer is under way from `now` (ms) on. Without effect while one is. */
  start(now: number): void {
    if (this.#windowStart !== undefined) return;
    this.#windowStart = now;
    this.#receivedAt = now;
    this.#chunks = 0;
  }

  /** Says that no transfer is under way any more, so that the time until the next does not count. */
  stop(now: number): void {
    if (this.#windowStart === undefined) return;
    this.#closeWindow(this.#isStall(now) ? this.#receivedAt : now);
    this.#windowStart = undefined;
    this.#windowBytes = 0;
  }

  /**
   * Adds `bytes` that had arrived by `now`. Those of which nobody knows how long they took are left
   * out: the first, if nothing said when it began, and what ends a stall.
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

  /** Bytes per second as of `now`, falling while nothing arrives; `undefined` before there is evidence. */
  bytesPerSecond(now: number): number | undefined {
    const open = this.#openDuration(now);
    const counted = open >= SAMPLE_WINDOW ? open : 0;
    return this.#average(SPAN, counted, this.#transferTime + open);
  }

  /**
   * Bytes per second while bytes come: unlike the speed it stays as it is in silence.
   *
   * @param span How far back it looks, in ms of transfer: these carry 90 % of the weight.
   */
  pace(span: number): number | undefined {
    return this.#average(span, 0, this.#transferTime);
  }

  /** Milliseconds during which a transfer was under way and did not stall. */
  transferTime(now: number): number {
    return this.#transferTime + this.#openDuration(this.#isStall(now) ? this.#receivedAt : now);
  }

  /** Forgets everything. */
  reset(): void {
    this.#samples.clear();
    this.#stalls.reset();
    this.#transferTime = 0;
    this.#windowStart = undefined;
    this.#windowBytes = 0;
  }

  /** @param open How much of the open window counts, in ms. */
  #average(span: number, open: number, end: number): number | undefined {
    const decay = span / Math.LN10;
    let weight = open > 0 ? weightOf(0, open, decay) : 0;
    let weightedRate = open > 0 ? (this.#windowBytes / open) * 1_000 * weight : 0;
    for (const sample of this.#samples) {
      const share = weightOf(end - sample.timestamp, sample.windowSize, decay);
      weightedRate += sample.bytesPerSecond * share;
      weight += share;
    }
    return weight === 0 ? undefined : weightedRate / weight;
  }

  /**
   * What came faster than the next chunk was waiting behind the headers, which says nothing of the
   * link: the measurement begins after it.
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
    this.#windowStart = now;
    this.#windowBytes = 0;
    this.#chunks = Infinity;
  }
}

/** The integral of exp(-t/decay) over a window that ended `age` ms ago: its share of the average. */
function weightOf(age: number, windowSize: number, decay: number): number {
  return Math.exp(-age / decay) - Math.exp(-(age + windowSize) / decay);
}
