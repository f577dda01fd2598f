import type { Clock } from '../../core/index.js';
import { lengthOf, type Chunk } from '../network/chunk.js';
import type { HeldBody, PartialFile, PartialStore } from './partial-store.js';
import { randomWord } from '../random-word.js';
import { SegmentWriter, type WrittenBody, type WrittenFile } from './segment-writer.js';

/** What the kept bytes of a body depend on. */
export interface PartialBodyOptions {
  readonly store: PartialStore;
  readonly clock: Clock;
  readonly segmentSize: number;
  readonly onFull: (cause: unknown) => void;
}

/** What is kept of one body: bytes of an earlier visit, which are read again, and new ones, which are written as they come. */
export class PartialBody {
  readonly #options: PartialBodyOptions;
  /** The body of an earlier visit, and the one that is written now. */
  #held: HeldBody | undefined;
  #body: WrittenBody | undefined;
  #writer: SegmentWriter | undefined;
  #mayWrite = true;
  #reading: AsyncIterator<Chunk> | undefined;
  /** The place in the file up to which bytes have been read. */
  #position = 0;
  /** The place at which the bytes that {@link #reading} gives should end. */
  #readingEnd = 0;
  /** The place at which the bytes of an earlier visit end. */
  #heldEnd = 0;
  /** The place at which the bytes that can be read end: new ones may have been set aside behind those of the visit. */
  #end = 0;

  constructor(options: PartialBodyOptions) {
    this.#options = options;
  }

  /** Whether nothing is kept any more: the bytes pass, and the next visit will not find them. */
  get isFull(): boolean {
    return this.#writer?.isFull ?? false;
  }

  /** Bytes that were set aside, and not read since. */
  get ahead(): number {
    return this.#end - Math.max(this.#heldEnd, this.#position);
  }

  /**
   * Begins to keep a body.
   *
   * @param position Where in the file the next byte is due.
   * @param held What the body continues: it is read from `position` on, and what is written follows
   * on it. `undefined` where nothing is held, or what is held is of another version.
   */
  open(file: WrittenFile, position: number, held?: PartialFile): void {
    // What ends before the next byte cannot be continued by it.
    this.#held = held && held.length >= position ? held : undefined;
    const body = { ...file, writtenBy: this.#held?.writtenBy ?? randomWord() };
    const end = this.#held && held ? held.length : position;
    void this.drop();
    this.#body = body;
    this.#writer = this.#mayWrite ? new SegmentWriter(body, end, this.#options) : undefined;
    [this.#position, this.#heldEnd, this.#end] = [position, end, end];
    this.#read();
  }

  /** The next bytes that are here; `undefined` when the next ones are not, `'gap'` when bytes that were held are not any more. */
  async read(): Promise<{ bytes: Chunk; isHeld: boolean } | 'gap' | undefined> {
    while (this.#reading) {
      const step = await this.#reading.next();
      // A store that gives more than it was asked for must not move what follows.
      const bytes = step.done ? undefined : step.value.subarray(0, this.#readingEnd - this.#position);
      if (bytes && bytes.length > 0) {
        const isHeld = this.#position < this.#heldEnd;
        this.#position += bytes.length;
        return { bytes, isHeld };
      }
      if (this.#position < this.#readingEnd) return this.#giveUp();
      if (this.#position < this.#end) await this.flush();
      this.#read();
    }
    return undefined;
  }

  /**
   * Keeps bytes that came before their turn, as they do while those before them are read.
   *
   * @param take Gives them. It is not called where they cannot be kept, so that they are not lost.
   * @returns how many there were.
   */
  async setAside(take: () => readonly Chunk[]): Promise<number> {
    if (!this.#reading || !this.#writer || this.isFull) return 0;
    const chunks = take();
    const count = lengthOf(chunks);
    this.#end += count;
    await this.write(chunks);
    return count;
  }

  /**
   * Keeps bytes that pass, and resolves when there is room for more.
   *
   * @param place Where in the file they begin: bytes that do not follow on what is kept are not kept. Default: they do.
   */
  async write(chunks: readonly Chunk[], place?: number): Promise<void> {
    if (place === undefined || place === this.#writer?.end) await this.#writer?.write(chunks);
  }

  /** Resolves when all of them are stored, which takes as long as the disk does. */
  async flush(): Promise<void> {
    await this.#writer?.flush();
  }

  /** Leaves the store to another download of the file. What is held can still be read. */
  async leaveStore(): Promise<void> {
    this.#mayWrite = false;
    const writer = this.#writer;
    this.#writer = undefined;
    await writer?.drop();
  }

  /** From now on nothing proves of which version the bytes are. */
  disprove(): void {
    if (this.#body) this.#body.validator = undefined;
  }

  /** Deletes what is kept of this body, of which nothing can be right. What is held of another one stays. */
  async condemn(): Promise<void> {
    const { store } = this.#options;
    const body = this.#body;
    await this.drop();
    if (body && (await store.find(body.url))?.writtenBy === body.writtenBy) await store.delete(body.url);
  }

  /** Keeps nothing more from now on, and resolves when nothing is being stored any more. */
  async drop(): Promise<void> {
    await this.#writer?.drop();
  }

  #read(): void {
    const body = this.#position < this.#heldEnd ? this.#held : this.#body;
    this.#readingEnd = this.#position < this.#heldEnd ? this.#heldEnd : this.#end;
    const isAny = body && this.#position < this.#readingEnd;
    this.#reading = isAny ? this.#options.store.read(body, this.#position, this.#readingEnd)[Symbol.asyncIterator]() : undefined;
  }

  /** What was held was deleted, replaced or damaged. */
  #giveUp(): 'gap' {
    this.#reading = undefined;
    this.#end = this.#heldEnd = this.#position;
    void this.drop();
    return 'gap';
  }
}
