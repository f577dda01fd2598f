import { epochNow, type Clock } from '../core/index.js';
import type { PartialStore } from './partial-store.js';

/** Which version of which file is written. */
export interface WrittenFile {
  readonly url: string;
  readonly total: number | undefined;
  readonly validator: string | undefined;
}

/** Settings of a {@link SegmentWriter}. */
export interface SegmentWriterOptions {
  readonly store: PartialStore;
  readonly clock: Clock;
  /** Bytes of a segment. */
  readonly segmentSize: number;
  /** Called once, when there is no room or no storage any more. */
  readonly onFull: (cause: unknown) => void;
}

/**
 * Keeps the bytes of a body as they pass. One segment fills while the one before it is being
 * stored, and a third waits: a crash loses both, and more buffers than these two are in memory
 * only until the engine collects those that are stored.
 */
export class SegmentWriter {
  readonly #options: SegmentWriterOptions;
  readonly #file: WrittenFile;
  #start: number;
  #buffer: Uint8Array<ArrayBuffer> | undefined;
  #filled = 0;
  #storing: Promise<void> = Promise.resolve();
  #isFull = false;

  /** @param start The place in the file of the first byte that will be written. */
  constructor(file: WrittenFile, start: number, options: SegmentWriterOptions) {
    this.#file = file;
    this.#start = start;
    this.#options = options;
  }

  /** Whether nothing is kept any more: the bytes pass, and the next visit will not find them. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Takes the next bytes, and resolves when there is room for more. */
  async write(bytes: Uint8Array): Promise<void> {
    const { segmentSize } = this.#options;
    for (let taken = 0; taken < bytes.length && !this.#isFull; ) {
      this.#buffer ??= new Uint8Array(Math.min(segmentSize, this.#rest));
      const part = bytes.subarray(taken, taken + this.#buffer.length - this.#filled);
      this.#buffer.set(part, this.#filled);
      this.#filled += part.length;
      taken += part.length;
      if (this.#filled === this.#buffer.length) await this.#store();
    }
  }

  /** Stores what has not filled a segment yet, and resolves when everything is stored. */
  async flush(): Promise<void> {
    if (this.#filled > 0 && !this.#isFull) await this.#store();
    await this.#storing;
  }

  /** Forgets what is not stored yet, and resolves when nothing is being stored any more. */
  async drop(): Promise<void> {
    this.#isFull = true;
    this.#buffer = undefined;
    await this.#storing;
  }

  /** The most that can still come; a segment need not be larger. */
  get #rest(): number {
    const { total } = this.#file;
    // Bytes beyond the total are refused by whoever counts them; they must not make tiny segments.
    return total === undefined || total <= this.#start ? Infinity : total - this.#start;
  }

  async #store(): Promise<void> {
    const bytes = this.#buffer?.subarray(0, this.#filled);
    const start = this.#start;
    this.#start += this.#filled;
    this.#buffer = undefined;
    this.#filled = 0;
    await this.#storing;
    if (bytes && !this.#isFull) this.#storing = this.#append(start, bytes);
  }

  async #append(start: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const { store, clock, onFull } = this.#options;
    try {
      await store.append({ ...this.#file, start, bytes, keptAt: epochNow(clock) });
    } catch (cause) {
      if (this.#isFull) return;
      this.#isFull = true;
      onFull(cause);
    }
  }
}
