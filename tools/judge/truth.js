/** @typedef {import('../traces/read-trace.js').Trace} Trace */

/** By how many ms the clocks of the server and of the load may differ. */
export const clockError = 10;

/** A time without a byte that is longer than this, in ms, is a stall. */
const stallAfter = 2_500;

/** The true values at each moment of a trace, by the server's record. */
export class Truth {
  #sent;
  #fromDevice;
  #network;

  /** @param {Trace} trace */
  constructor({ files, sent, events, phases }) {
    const sizeOf = (/** @type {boolean} */ cached) =>
      files.filter((file) => file.cached === cached).reduce((sum, { size }) => sum + size, 0);
    this.#sent = sent;
    this.#network = sizeOf(false);
    this.#fromDevice = readFromDevice(files, events);
    this.total = this.#network + sizeOf(true);
    /** When the load settled. */
    this.end = phases.resolved ?? phases.failed ?? 0;
    /** When the last byte was sent; `undefined` if it never was, or if no byte was needed. */
    this.sentAt = this.#network > 0 ? this.reaches(1) : undefined;
    /** When the last byte had arrived. */
    this.completeAt = Math.max(this.sentAt ?? (this.#network > 0 ? this.end : 0), this.#fromDevice.at(-1)?.[0] ?? 0);
  }

  /** @param {number} time */
  percent(time) {
    const bytes = valueAt(this.#sent, time) + valueAt(this.#fromDevice, time);
    return Math.min(100, (bytes / this.total) * 100);
  }

  /**
   * Whether a byte was still missing. Within the difference of the clocks none counts as missing.
   *
   * @param {number} time
   */
  isMissing(time) {
    return this.percent(time + clockError) < 100 - 1e-9;
  }

  /**
   * Seconds until the last byte was sent, stalls included.
   *
   * @param {number} time
   */
  timeLeft(time) {
    return this.sentAt === undefined || time >= this.sentAt ? undefined : (this.sentAt - time) / 1_000;
  }

  /**
   * When a share of the bytes from the network was sent.
   *
   * @param {number} share
   */
  reaches(share) {
    // The sent share of a compressed body is rounded.
    return this.#sent.find(([, bytes]) => bytes >= share * this.#network - 1)?.[0];
  }

  /**
   * The times without a byte.
   *
   * @returns {{ from: number, to: number }[]}
   */
  get stalls() {
    return this.#sent.flatMap(([to], place) => {
      const from = this.#sent[place - 1]?.[0];
      return from !== undefined && to - from > stallAfter ? [{ from, to }] : [];
    });
  }
}

/**
 * Bytes read from the device over time. Only the runtime's events record them.
 *
 * @param {Trace['files']} files
 * @param {Trace['events']} events
 */
function readFromDevice(files, events) {
  const cached = new Map(files.filter((file) => file.cached).map(({ file, size }) => [file, size]));
  /** @type {Map<string, number>} */
  const read = new Map();
  /** @type {[number, number][]} */
  const points = [];
  for (const [time, { status, file, loaded }] of events) {
    const size = typeof file === 'string' ? cached.get(file) : undefined;
    if (typeof file !== 'string' || size === undefined) continue;
    const bytes = status === 'done' ? size : status === 'progress' ? Math.min(size, Number(loaded)) : 0;
    if (bytes <= (read.get(file) ?? 0)) continue;
    read.set(file, bytes);
    points.push([time, [...read.values()].reduce((sum, value) => sum + value, 0)]);
  }
  return points;
}

/**
 * @param {readonly [number, number][]} points
 * @param {number} time
 */
function valueAt(points, time) {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return points[low - 1]?.[1] ?? 0;
}
