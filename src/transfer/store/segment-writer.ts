import type { Clock, Timer } from '../../core/index.js';
import { epochNow, notify } from '../../core/internal.js';
import type { Chunk } from '../network/chunk.js';
import { PauseGate } from '../network/pause-gate.js';
import { returnMemory, takeMemory } from '../integrity/worker-memory.js';
import type { PartialStore, Segment } from './partial-store.js';

/** How long a body must take before its bytes are stored, in ms: a shorter download need not be continued. */
const HEAD_START = 250;

/** The most bytes that wait to be stored if the network is faster than the disk; beyond that the download waits. */
const WRITE_BEHIND = 128 * 1024 * 1024;

/** Bytes of the smallest buffer whose memory is used again. */
const LEAST_REUSED = 1024 * 1024;

/** The version of a file that is written. */
export interface WrittenFile {
  readonly url: string;
  readonly total: number | undefined;
  readonly validator: string | undefined;
}

/** A body that is written. */
export interface WrittenBody extends WrittenFile {
  /** Becomes `undefined` once bytes follow whose version nothing proves. */
  validator: string | undefined;
  /** Separates its segments from those of other bodies. */
  readonly writtenBy: string;
}

/** Settings of a {@link SegmentWriter}. */
export interface SegmentWriterOptions {
  readonly store: PartialStore;
  readonly clock: Clock;
  /** Bytes of a segment. */
  readonly segmentSize: number;
  /** Called once, when a segment cannot be stored. */
  readonly onFull: (cause: unknown) => void;
}

/**
 * Stores the bytes of a body in segments: one is filled while those before it are stored. A crash loses the segment that is
 * being filled and those that wait; none waits if the disk is faster than the network.
 */
export class SegmentWriter {
  readonly #options: SegmentWriterOptions;
  readonly #body: WrittenBody;
  readonly #waiting: Pick<Segment, 'start' | 'bytes'>[] = [];
  /** The buffer of a stored segment, for the next one, where no memory is kept for all writers. */
  #spare: Chunk | undefined;
  #start: number;
  #buffer: Chunk | undefined;
  #filled = 0;
  #headStart: Timer;
  #isDue = false;
  #isStoring = false;
  #storing: Promise<void> | undefined;
  /** The write of the first segment that waits. */
  #appending: Promise<void> | undefined;
  /** Closed while too many bytes wait. */
  readonly #room = new PauseGate();
  #isFull = false;

  /** @param start The offset in the file of the first byte that will be written. */
  constructor(body: WrittenBody, start: number, options: SegmentWriterOptions) {
    this.#body = body;
    this.#start = start;
    this.#options = options;
  }

  /** The offset in the file of the next byte that will be written. */
  get end(): number {
    return this.#start + this.#filled;
  }

  /** The offset in the file up to which all bytes are stored. */
  get storedEnd(): number {
    return this.#waiting[0]?.start ?? this.#start;
  }

  /** The bytes from {@link storedEnd} to {@link end}, which are in memory only. Their memory is used again once they are stored. */
  get unstored(): readonly Chunk[] {
    const filling = this.#buffer ? [this.#buffer.subarray(0, this.#filled)] : [];
    return [...this.#waiting.map(({ bytes }) => bytes), ...filling];
  }

  /** Whether no more bytes are stored, so that the next visit will not find them. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /**
   * Writes the next bytes, and resolves when there is room for more, or when no more bytes are stored. A caller may stop
   * waiting at any time.
   */
  async write(chunks: readonly Chunk[]): Promise<void> {
    if (!this.#isDue && !this.#isFull) this.#headStart ??= this.#options.clock.setTimeout(() => this.#begin(), HEAD_START);
    for (const bytes of chunks) this.#fill(bytes);
    if (this.#isOverfull) {
      this.#room.close();
      this.#begin();
    }
    await this.#room.pass();
  }

  /**
   * Stores the segment that is being filled, and resolves when all bytes are stored. That takes as long as the disk does: a
   * caller that must settle at once does not wait for it.
   */
  async flush(): Promise<void> {
    this.#queue();
    this.#begin();
    await this.#storing;
  }

  /** Resolves when fewer than `most` bytes wait to be stored, or when no more bytes are stored. */
  async untilFewer(most: number): Promise<void> {
    while (!this.#isFull && this.end - this.storedEnd >= most) {
      // A segment may be larger.
      if (this.#waiting.length === 0) this.#queue();
      this.#begin();
      await this.#appending;
    }
  }

  /** Resolves when no write is in progress. */
  async settled(): Promise<void> {
    await this.#storing;
  }

  /** Drops the bytes that are not stored yet, and resolves when no write is in progress. */
  async drop(): Promise<void> {
    this.#forget();
    await this.settled();
  }

  get #isOverfull(): boolean {
    return this.#waiting.length * this.#options.segmentSize > WRITE_BEHIND;
  }

  /** Bytes that can still arrive: a segment need not be larger. */
  get #rest(): number {
    const { total } = this.#body;
    // Bytes beyond the total contradict it, and must not create tiny segments.
    return total === undefined || total <= this.#start ? Infinity : total - this.#start;
  }

  #fill(bytes: Chunk): void {
    for (let offset = 0; offset < bytes.length && !this.#isFull;) {
      this.#buffer ??= this.#nextBuffer();
      const part = bytes.subarray(offset, offset + this.#buffer.length - this.#filled);
      this.#buffer.set(part, this.#filled);
      this.#filled += part.length;
      offset += part.length;
      if (this.#filled === this.#buffer.length) this.#queue();
    }
  }

  #nextBuffer(): Chunk {
    const size = Math.min(this.#options.segmentSize, this.#rest);
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare) return spare.subarray(0, size);
    return size < LEAST_REUSED ? new Uint8Array(size) : takeMemory(size);
  }

  #queue(): void {
    if (!this.#buffer || this.#filled === 0) return;
    this.#waiting.push({ start: this.#start, bytes: this.#buffer.subarray(0, this.#filled) });
    this.#start += this.#filled;
    this.#buffer = undefined;
    this.#filled = 0;
    if (this.#isDue) this.#begin();
  }

  /** Stores the segments that wait, and from now on each full segment at once. */
  #begin(): void {
    this.#isDue = true;
    this.#options.clock.clearTimeout(this.#headStart);
    if (!this.#isStoring) this.#storing = this.#storeWaiting();
  }

  async #storeWaiting(): Promise<void> {
    this.#isStoring = true;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      this.#appending = this.#append(next);
      await this.#appending;
      this.#waiting.shift();
      if (!this.#isOverfull) this.#room.open();
    }
    this.#isStoring = false;
  }

  async #append({ start, bytes }: Pick<Segment, 'start' | 'bytes'>): Promise<void> {
    const { store, clock, segmentSize, onFull } = this.#options;
    try {
      await store.append({ ...this.#body, start, bytes, keptAt: epochNow(clock) });
      const isKept = bytes.buffer.byteLength >= LEAST_REUSED && returnMemory(bytes);
      if (!isKept && bytes.length === segmentSize && !this.#isFull) this.#spare = bytes;
    } catch (cause) {
      if (this.#isFull) return;
      this.#forget();
      notify(onFull, cause, clock);
    }
  }

  #forget(): void {
    this.#isFull = true;
    this.#buffer = this.#spare = undefined;
    this.#waiting.length = 0;
    this.#options.clock.clearTimeout(this.#headStart);
    this.#room.open();
  }
}
