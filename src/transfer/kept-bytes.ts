import type { Clock } from '../core/index.js';
import { lengthOf, type Chunk } from './chunk.js';
import type { PartialStore } from './partial-store.js';
import { SegmentWriter, type WrittenFile } from './segment-writer.js';

/** What the kept bytes of a body depend on. */
export interface KeptBytesOptions {
  readonly store: PartialStore;
  readonly clock: Clock;
  readonly segmentSize: number;
  readonly onFull: (cause: unknown) => void;
}

/** What is kept of one body: bytes of an earlier visit, which are read again, and new ones, which are written as they come. */
export class KeptBytes {
  readonly #options: KeptBytesOptions;
  #url = '';
  #writer: SegmentWriter | undefined;
  #reading: AsyncIterator<Chunk> | undefined;
  /** The place in the file up to which bytes have been read. */
  #position = 0;
  /** The place at which the bytes that {@link #reading} gives should end. */
  #readingEnd = 0;
  /** The place at which the bytes of an earlier visit end. */
  #heldEnd = 0;
  /** The place at which the bytes that can be read end: new ones may have been set aside behind those of the visit. */
  #end = 0;

  constructor(options: KeptBytesOptions) {
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
   * Takes up what is held of a file.
   *
   * @param position Where in the file the next byte is due.
   * @param held Where in the file the bytes that are held end.
   */
  open(file: WrittenFile, position: number, held: number): void {
    this.#url = file.url;
    this.#writer = new SegmentWriter(file, held, this.#options);
    [this.#position, this.#heldEnd, this.#end] = [position, held, held];
    this.#read();
  }

  /** The next bytes that are here; `undefined` when what follows has to come, `'gap'` when bytes that were held are not any more. */
  async read(): Promise<{ bytes: Chunk; isHeld: boolean } | 'gap' | undefined> {
    while (this.#reading) {
      const step = await this.#reading.next();
      if (!step.done) {
        const isHeld = this.#position < this.#heldEnd;
        this.#position += step.value.length;
        return { bytes: step.value, isHeld };
      }
      if (this.#position < this.#readingEnd) return this.#giveUp();
      if (this.#position < this.#end) await this.flush();
      this.#read();
    }
    return undefined;
  }

  /** Keeps bytes that have come before their turn, as they do while those before them are read. */
  async setAside(chunks: readonly Chunk[]): Promise<number> {
    if (!this.#reading || this.isFull) return 0;
    await this.write(chunks);
    const count = lengthOf(chunks);
    this.#end += count;
    return count;
  }

  /** Keeps bytes that pass, and resolves when there is room for more. */
  async write(chunks: readonly Chunk[]): Promise<void> {
    await this.#writer?.write(chunks);
  }

  /** Resolves when all of them are stored. */
  async flush(): Promise<void> {
    await this.#writer?.flush();
  }

  /** Keeps nothing more, and resolves when nothing is being stored any more. */
  async drop(): Promise<void> {
    await this.#writer?.drop();
  }

  #read(): void {
    const { store } = this.#options;
    this.#readingEnd = this.#end;
    const isAny = this.#position < this.#end;
    this.#reading = isAny ? store.read(this.#url, this.#position, this.#end)[Symbol.asyncIterator]() : undefined;
  }

  /** Somebody has cleared the site's data. */
  async #giveUp(): Promise<'gap'> {
    this.#reading = undefined;
    this.#end = this.#heldEnd = this.#position;
    await this.drop();
    return 'gap';
  }
}
