import { lengthOf, type Chunk } from '../network/chunk.js';

/**
 * The most bytes that stay in memory although they are stored: reading them from the disk would delay the reader. The ONNX Runtime's file,
 * which arrives before the runtime requests it, has up to 27 MB.
 */
const KEPT_IN_MEMORY = 32 * 1024 * 1024;

/** How many bytes are taken at a time: each step of a body takes about as long as a copy of this many bytes. */
const PORTION = 1024 * 1024;

/**
 * The last bytes of a body that arrived before their reader requested them. The store may not have them yet, and a full disk must
 * not lose them.
 */
export class RecentBytes {
  #chunks: Chunk[] = [];
  #start = 0;
  #end = 0;

  /** The offset in the file of the first byte in memory. */
  get start(): number {
    return this.#start;
  }

  /** The offset in the file after the last byte in memory. */
  get end(): number {
    return this.#end;
  }

  /** Drops the bytes. The next ones begin at the offset `start`. */
  reset(start: number): void {
    this.#chunks = [];
    this.#start = this.#end = start;
  }

  /** Adds the next bytes, and returns their number. */
  add(chunks: readonly Chunk[]): number {
    const count = lengthOf(chunks);
    this.#chunks.push(...chunks);
    this.#end += count;
    return count;
  }

  /** Removes and returns bytes; none if the first byte in memory is not the one at the offset `position`. */
  take(position: number): readonly Chunk[] {
    const taken: Chunk[] = [];
    if (position !== this.#start) return taken;
    while (this.#chunks.length > 0 && this.#start - position < PORTION) taken.push(...this.#shift());
    return taken;
  }

  /**
   * Removes stored bytes, except for the last 32 MiB.
   *
   * @param storedEnd The offset in the file up to which all bytes are stored.
   */
  forgetStored(storedEnd: number): void {
    const isStored = ({ length }: Chunk): boolean => this.#start + length <= storedEnd;
    while (this.#end - this.#start > KEPT_IN_MEMORY && this.#chunks[0] && isStored(this.#chunks[0])) this.#shift();
  }

  /** Removes and returns the first chunk. */
  #shift(): readonly Chunk[] {
    const first = this.#chunks.splice(0, 1);
    this.#start += lengthOf(first);
    return first;
  }
}
