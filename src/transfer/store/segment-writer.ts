import type { Clock, Timer } from '../../core/index.js';
import { epochNow, notify } from '../../core/internal.js';
import type { Chunk } from '../network/chunk.js';
import { PauseGate } from '../network/pause-gate.js';
import type { PartialStore, Segment } from './partial-store.js';

/** How long a body has to come before anything of it is stored, in ms: one that is over by then never needs to be. */
const HEAD_START = 250;

/** Most bytes that wait to be stored where they come faster than the disk takes them; beyond that, they wait to come. */
const WRITE_BEHIND = 128 * 1024 * 1024;

/** Which version of which file is written. */
export interface WrittenFile {
  readonly url: string;
  readonly total: number | undefined;
  readonly validator: string | undefined;
}

/** A body as it is stored. */
export interface WrittenBody extends WrittenFile {
  /** Becomes `undefined` where bytes follow whose version nothing proves. */
  validator: string | undefined;
  /** Keeps its segments apart from those of other bodies. */
  readonly writtenBy: string;
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
 * Keeps the bytes of a body as they pass, in segments: one fills while those before it are stored.
 * A crash loses the one that fills, and those that wait; none waits where the disk is faster than the link.
 */
export class SegmentWriter {
  readonly #options: SegmentWriterOptions;
  readonly #body: WrittenBody;
  readonly #waiting: Pick<Segment, 'start' | 'bytes'>[] = [];
  /** The buffer of a segment that is stored, for one to come: browsers are in no hurry to collect what is large and few. */
  #spare: Chunk | undefined;
  #start: number;
  #buffer: Chunk | undefined;
  #filled = 0;
  #headStart: Timer;
  #isDue = false;
  #isStoring = false;
  #storing: Promise<void> | undefined;
  /** Closed while too much waits. */
  readonly #room = new PauseGate();
  #isFull = false;

  /** @param start The place in the file of the first byte that will be written. */
  constructor(body: WrittenBody, start: number, options: SegmentWriterOptions) {
    this.#body = body;
    this.#start = start;
    this.#options = options;
  }

  /** The place in the file of the next byte that will be written. */
  get end(): number {
    return this.#start + this.#filled;
  }

  /** Whether nothing is kept any more: the bytes pass, and the next visit will not find them. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /**
   * Takes the next bytes, and resolves when there is room for more: at the latest when nothing is
   * kept any more. A caller that no longer waits need not do anything about it.
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
   * Stores what has not filled a segment yet, and resolves when everything is stored. That takes as
   * long as the disk does: a caller that must settle at once does not wait for it.
   */
  async flush(): Promise<void> {
    this.#queue();
    this.#begin();
    await this.#storing;
  }

  /** Forgets at once what is not stored yet, and resolves when nothing is being stored any more. */
  async drop(): Promise<void> {
    this.#forget();
    await this.#storing;
  }

  get #isOverfull(): boolean {
    return this.#waiting.length * this.#options.segmentSize > WRITE_BEHIND;
  }

  /** The most that can still come; a segment need not be larger. */
  get #rest(): number {
    const { total } = this.#body;
    // The reader refuses bytes beyond the total; they must not make tiny segments.
    return total === undefined || total <= this.#start ? Infinity : total - this.#start;
  }

  #fill(bytes: Chunk): void {
    for (let taken = 0; taken < bytes.length && !this.#isFull;) {
      this.#buffer ??= this.#nextBuffer();
      const part = bytes.subarray(taken, taken + this.#buffer.length - this.#filled);
      this.#buffer.set(part, this.#filled);
      this.#filled += part.length;
      taken += part.length;
      if (this.#filled === this.#buffer.length) this.#queue();
    }
  }

  #nextBuffer(): Chunk {
    const size = Math.min(this.#options.segmentSize, this.#rest);
    const spare = this.#spare;
    this.#spare = undefined;
    return spare ? spare.subarray(0, size) : new Uint8Array(size);
  }

  #queue(): void {
    if (!this.#buffer || this.#filled === 0) return;
    this.#waiting.push({ start: this.#start, bytes: this.#buffer.subarray(0, this.#filled) });
    this.#start += this.#filled;
    this.#buffer = undefined;
    this.#filled = 0;
    if (this.#isDue) this.#begin();
  }

  /** Stores what waits, and from now on whatever fills a segment at once. */
  #begin(): void {
    this.#isDue = true;
    this.#options.clock.clearTimeout(this.#headStart);
    if (!this.#isStoring) this.#storing = this.#storeWaiting();
  }

  async #storeWaiting(): Promise<void> {
    this.#isStoring = true;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      await this.#append(next);
      this.#waiting.shift();
      if (!this.#isOverfull) this.#room.open();
    }
    this.#isStoring = false;
  }

  async #append({ start, bytes }: Pick<Segment, 'start' | 'bytes'>): Promise<void> {
    const { store, clock, segmentSize, onFull } = this.#options;
    try {
      await store.append({ ...this.#body, start, bytes, keptAt: epochNow(clock) });
      if (bytes.length === segmentSize && !this.#isFull) this.#spare = bytes;
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
