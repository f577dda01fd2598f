/** @typedef {import('../traces/read-trace.js').Trace} Trace @typedef {Record<string, unknown>} Event */

/**
 * @typedef {object} Percentage
 * @property {(event: Event) => void} take
 * @property {() => number | undefined} read
 */

/**
 * The progress bar that pages copy: all files so far.
 *
 * @implements {Percentage}
 */
class SeenFiles {
  /** @type {Map<string, { loaded: number, total: number }>} */
  #files = new Map();

  /** @param {Event} event */
  take({ status, file, loaded, total }) {
    if (status === 'progress' && typeof file === 'string') this.#files.set(file, { loaded: Number(loaded), total: Number(total) });
  }

  read() {
    const files = [...this.#files.values()];
    const total = files.reduce((sum, file) => sum + file.total, 0);
    // Totals of 0 exceed 100 %, which a bar cannot show.
    return total > 0 ? Math.min(100, (files.reduce((sum, file) => sum + file.loaded, 0) / total) * 100) : undefined;
  }
}

/**
 * The total of version 4 over all files; the other versions have none.
 *
 * @implements {Percentage}
 */
class ProgressTotal {
  /** @type {number | undefined} */
  #percent;

  /** @param {Event} event */
  take({ status, progress }) {
    if (status === 'progress_total') this.#percent = Number(progress);
  }

  read() {
    return this.#percent;
  }
}

/**
 * A percentage that is computed from the files, their sizes and every event: the best possible result.
 *
 * @implements {Percentage}
 */
class Oracle {
  #sizes;
  #total;
  /** @type {Map<string, number>} */
  #loaded = new Map();

  /** @param {Trace} trace */
  constructor({ files }) {
    this.#sizes = new Map(files.map(({ file, size }) => [file, size]));
    this.#total = files.reduce((sum, { size }) => sum + size, 0);
  }

  /** @param {Event} event */
  take({ status, file, loaded }) {
    const size = typeof file === 'string' ? this.#sizes.get(file) : undefined;
    if (typeof file !== 'string' || size === undefined) return;
    const bytes = status === 'done' ? size : status === 'progress' || status === 'transfer' ? Math.min(size, Number(loaded)) : 0;
    this.#loaded.set(file, Math.max(bytes, this.#loaded.get(file) ?? 0));
  }

  read() {
    return ([...this.#loaded.values()].reduce((sum, bytes) => sum + bytes, 0) / this.#total) * 100;
  }
}

/**
 * The percentages with which ours is compared.
 *
 * @type {Readonly<Record<string, new (trace: Trace) => Percentage>>}
 */
export const percentages = { 'files seen so far': SeenFiles, progress_total: ProgressTotal, oracle: Oracle };
