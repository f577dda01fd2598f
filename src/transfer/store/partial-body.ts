import type { Clock } from '../../core/index.js';
import { lengthOf, type Chunk } from '../network/chunk.js';
import type { HeldBody, PartialFile, PartialStore } from './partial-store.js';
import { randomWord } from '../random-word.js';
import { RecentBytes } from './recent-bytes.js';
import { addSpare, removeSpare } from './room.js';
import { SegmentWriter, type WrittenBody, type WrittenFile } from './segment-writer.js';

/** The most bytes that wait to be stored ahead of their reader, if the network is faster than the disk. */
const MOST_IN_MEMORY = 16 * 1024 * 1024;

/** Settings of a {@link PartialBody}. */
export interface PartialBodyOptions {
  readonly store: PartialStore;
  readonly clock: Clock;
  /** Bytes of a stored segment. */
  readonly segmentSize: number;
  /** Called when bytes cannot be stored. */
  readonly onFull: (cause: unknown) => void;
}

/** The stored part of one body: reads the bytes of an earlier visit, and writes new ones as they arrive. */
export class PartialBody {
  readonly #options: PartialBodyOptions;
  /** The stored body of an earlier visit. */
  #stored: HeldBody | undefined;
  /** The body that is written now. */
  #body: WrittenBody | undefined;
  #writer: SegmentWriter | undefined;
  #mayWrite = true;
  /** Whether the download has ended before the file was complete. */
  #isOver = false;
  #reading: AsyncIterator<Chunk> | undefined;
  /** The offset in the file up to which bytes have been read. */
  #position = 0;
  /** The offset at which the bytes of {@link #reading} should end. */
  #readingEnd = 0;
  /** The offset at which the bytes of an earlier visit end. */
  #storedEnd = 0;
  /** The last of the readable bytes: those of an earlier visit, and new ones that were stored ahead after them. */
  readonly #recent = new RecentBytes();

  readonly #onFull = (cause: unknown): void => {
    if (!this.#isOver) addSpare(this);
    this.#options.onFull(cause);
  };

  constructor(options: PartialBodyOptions) {
    this.#options = options;
  }

  /** Bytes that are stored, and those that wait for it. */
  get written(): { readonly stored: number; readonly waiting: number } {
    const { storedEnd = 0, end = 0 } = this.#writer ?? {};
    return { stored: storedEnd, waiting: end - storedEnd };
  }

  /** Whether no more bytes are stored, so that the next visit will not find them. */
  get isFull(): boolean {
    return this.#writer?.isFull ?? false;
  }

  /** Whether the next byte is neither stored nor in memory. */
  get isRead(): boolean {
    return this.unread === 0;
  }

  /** Bytes that can be read from the store or from memory: those of an earlier visit, and new ones that were stored ahead. */
  get unread(): number {
    return this.#recent.end - this.#position;
  }

  /** How many of the {@link unread} bytes are of an earlier visit. */
  get unreadStored(): number {
    return Math.max(0, this.#storedEnd - this.#position);
  }

  /**
   * Starts to store a body.
   *
   * @param position The offset in the file of the next byte.
   * @param stored The stored bytes that the body continues: they are read from `position` on, and new bytes are written after
   * them. `undefined` if there are none of this version.
   */
  open(file: WrittenFile, position: number, stored?: PartialFile): void {
    // Stored bytes that end before the next byte cannot be continued by it.
    this.#stored = stored && stored.length >= position ? stored : undefined;
    const body = { ...file, writtenBy: this.#stored?.writtenBy ?? randomWord() };
    const end = this.#stored && stored ? stored.length : position;
    void this.drop();
    this.#body = body;
    this.#writer = this.#mayWrite ? new SegmentWriter(body, end, { ...this.#options, onFull: this.#onFull }) : undefined;
    [this.#position, this.#storedEnd] = [position, end];
    this.#recent.reset(end);
    this.#read();
  }

  /** Resolves with the next stored bytes; `undefined` if the next ones are not stored, `'gap'` if stored bytes have disappeared. */
  async read(): Promise<{ chunks: readonly Chunk[]; wasStored: boolean } | 'gap' | undefined> {
    while (!this.isRead) {
      const step = await this.#reading?.next();
      // A store that returns more bytes than requested must not shift the following ones.
      const stored = step && !step.done ? step.value.subarray(0, this.#readingEnd - this.#position) : undefined;
      const chunks = stored?.length ? [stored] : this.#recent.take(this.#position);
      if (chunks.length > 0) {
        const wasStored = this.#position < this.#storedEnd;
        this.#position += lengthOf(chunks);
        return { chunks, wasStored };
      }
      if (this.#position < this.#readingEnd) return this.#skipGap();
      this.#read();
    }
    return undefined;
  }

  /**
   * Stores bytes that arrive before their reader requests them.
   *
   * @param read Returns them. It is not called if they cannot be stored.
   * @param isUnread Whether no reader waits. Otherwise bytes for which the disk is too slow stay in the connection.
   * @returns The number of bytes.
   */
  async storeAhead(read: () => readonly Chunk[], isUnread = true): Promise<number> {
    if (isUnread) await this.#writer?.untilFewer(MOST_IN_MEMORY);
    else if (this.written.waiting >= MOST_IN_MEMORY) return 0;
    if (!this.#writer || this.isFull) return 0;
    const chunks = read();
    const count = this.#recent.add(chunks);
    await this.write(chunks);
    this.#forgetStored();
    return count;
  }

  /**
   * Stores bytes, and resolves when there is room for more.
   *
   * @param start Their offset in the file: bytes that do not follow the stored ones are not stored. Default: they follow.
   */
  async write(chunks: readonly Chunk[], start?: number): Promise<void> {
    if (start === undefined || start === this.#writer?.end) await this.#writer?.write(chunks);
  }

  /**
   * Resolves with the whole body of `length` bytes, without reading those that are stored; `undefined` if some are missing. If only a
   * few are not stored yet, these are stored, so that the next visit finds all of them. Otherwise no more are stored.
   */
  async blob(length: number): Promise<Blob | undefined> {
    const [body, writer] = [this.#body, this.#writer];
    if (!body || !writer || writer.isFull || writer.end !== length) return undefined;
    const { storedEnd } = writer;
    // A copy: the memory of these bytes is used again once they are stored.
    const unstored = new Blob([...writer.unstored]);
    const stored = storedEnd > 0 ? await this.#options.store.blob?.(body, storedEnd) : new Blob();
    const blob = stored && new Blob([stored, unstored]);
    void (length - storedEnd > MOST_IN_MEMORY ? this.drop() : this.flush());
    return blob;
  }

  /** Resolves with whether the first `length` bytes of the body are stored, once none is being stored. */
  async isStored(length: number): Promise<boolean> {
    await this.#writer?.settled();
    return !this.isFull && this.#writer?.storedEnd === length;
  }

  /** Resolves when all bytes are stored, which takes as long as the disk does. */
  async flush(): Promise<void> {
    await this.#writer?.flush();
  }

  /** Stores the last bytes before the end of the download, as {@link write}, and keeps all for another visit. */
  async keep(chunks: readonly Chunk[], start: number): Promise<void> {
    this.#isOver = true;
    removeSpare(this);
    await this.write(chunks, start);
    await this.flush();
  }

  /** Leaves the store to another download of the file. The bytes of an earlier visit can still be read. */
  async stopWriting(): Promise<void> {
    this.#mayWrite = false;
    const writer = this.#writer;
    this.#writer = undefined;
    await writer?.drop();
  }

  /** Marks all bytes that are stored from now on as bytes of no proven version. */
  disprove(): void {
    if (this.#body) this.#body.validator = undefined;
  }

  /** Deletes the stored bytes of this body, and stores no more. Those of another body stay. */
  async delete(): Promise<void> {
    const [body, { store }] = [this.#body, this.#options];
    await this.drop();
    if (body && (await store.find(body.url))?.writtenBy === body.writtenBy) await store.delete(body.url);
  }

  /** Stores no more bytes, and resolves when no write is in progress. */
  async drop(): Promise<void> {
    await this.#writer?.drop();
  }

  /** Reads the next stored bytes, up to those that are in memory. */
  #read(): void {
    this.#forgetStored();
    const isOfVisit = this.#position < this.#storedEnd;
    const body = isOfVisit ? this.#stored : this.#body;
    this.#readingEnd = isOfVisit ? this.#storedEnd : this.#recent.start;
    const isAny = body && this.#position < this.#readingEnd;
    this.#reading = isAny ? this.#options.store.read(body, this.#position, this.#readingEnd)[Symbol.asyncIterator]() : undefined;
  }

  #forgetStored(): void {
    this.#recent.forgetStored(this.#writer && !this.isFull ? this.#writer.storedEnd : 0);
  }

  /** Continues after the last byte that was read, because stored bytes were deleted, replaced or damaged. */
  #skipGap(): 'gap' {
    this.#reading = undefined;
    this.#storedEnd = this.#position;
    this.#recent.reset(this.#position);
    void this.drop();
    return 'gap';
  }
}
