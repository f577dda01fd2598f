import { DownloadFailure } from '../../core/index.js';
import { lengthOf, splitChunk, type Chunk } from './chunk.js';
import type { Connection } from './connection.js';

/** The part of a file that a response has, and the place of its reader in it. */
export class ResponseSpan {
  readonly #connection: Connection;
  readonly #start: number;
  #position: number;

  /** @param start The offset in the file of the first byte that is read. */
  constructor(connection: Connection, start: number) {
    this.#connection = connection;
    this.#start = this.#position = start;
  }

  /** The offset in the file of the first byte that is read. */
  get start(): number {
    return this.#start;
  }

  /** Whether all bytes of a range have been read, even if its connection is still open. */
  get isWhole(): boolean {
    return this.#rangeEnd !== undefined && this.#position >= this.#rangeEnd;
  }

  /** Bytes of a range that has been read to its end; `undefined` for another response, and for an empty range. */
  get pieceLength(): number | undefined {
    const length = this.isWhole && this.#rangeEnd !== undefined ? this.#rangeEnd - this.#connection.start : 0;
    return length > 0 ? length : undefined;
  }

  /** Whether a response that lacked `missing` of the bytes to be skipped had its full length. */
  isFull(missing: number): boolean {
    return this.#start - missing === this.#connection.end;
  }

  /** Counts bytes that are read. Returns them without the bytes after the end of a range, whose offset is unknown. */
  count(portion: readonly Chunk[]): readonly Chunk[] {
    const chunks = this.#rangeEnd === undefined ? portion : splitChunk(portion, this.#rangeEnd - this.#position);
    this.#position += lengthOf(chunks);
    return chunks;
  }

  /** @throws DownloadFailure `network` if a range has ended before its end. */
  throwIfCut(): void {
    if (this.#rangeEnd === undefined || this.isWhole) return;
    throw new DownloadFailure('network', `Expected a range up to byte ${this.#rangeEnd}, received ${this.#position}`);
  }

  get #rangeEnd(): number | undefined {
    return this.#connection.isRange ? this.#connection.end : undefined;
  }
}
