import { ResponseSpan } from './response-span.js';
import { streamOf, type Chunk, type Remainder } from './chunk.js';
import type { Connection } from './connection.js';
import { NetworkSource, type NetworkSourceOptions } from './network-source.js';
import { beginsAsPage, claimsToBePage } from './response-headers.js';

/** Settings of an {@link OpenResponse}. */
export interface OpenResponseOptions extends Omit<NetworkSourceOptions, 'skip'> {
  /** The body to read, if it is not that of the connection's response. */
  readonly body?: ReadableStream<Chunk> | null | undefined;
  /** Called when bytes after the skipped ones are read. */
  readonly onBytes: () => void;
}

/** One response that is read: its connection, its bytes, and their place in the file. */
export class OpenResponse {
  readonly controller: AbortController;
  readonly #response: Response;
  readonly #source: NetworkSource;
  readonly #span: ResponseSpan;
  readonly #onBytes: () => void;
  #isOpen = true;

  /** @param position The offset in the file of the first byte that is read. The bytes before it are skipped. */
  constructor(connection: Connection, position: number, options: OpenResponseOptions) {
    const { body = connection.response.body, onBytes, ...settings } = options;
    this.controller = options.controller;
    this.#response = connection.response;
    this.#onBytes = onBytes;
    this.#source = new NetworkSource(streamOf(body), { ...settings, skip: position - connection.start });
    this.#span = new ResponseSpan(connection, position);
  }

  /** Whether the response has neither been read to its end nor closed. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether the response has been read to its end. */
  get isAtEnd(): boolean {
    return this.#isOpen && this.#source.isAtEnd;
  }

  /** Whether no byte has arrived for so long that another connection is needed. */
  get isSilent(): boolean {
    return this.#isOpen && this.#source.isSilent;
  }

  /** Whether the connection is broken, and all of its bytes have been read. */
  get isBroken(): boolean {
    return this.#source.isBroken;
  }

  /** Bytes that have arrived, without those that are skipped. */
  get arrived(): number {
    return this.#source.arrived;
  }

  /** How many of the bytes to be skipped the response lacks. */
  get missing(): number {
    return this.#source.skip;
  }

  /** Whether a response that lacks some of the bytes to be skipped has its full length: then the file is shorter. */
  get isFull(): boolean {
    return this.#span.isFull(this.missing);
  }

  /** Bytes of a range that has been read to its end; `undefined` for another response, and for an empty range. */
  get pieceLength(): number | undefined {
    return this.#span.pieceLength;
  }

  /** Resolves with the next bytes; `undefined` at the end of the response, when the connection is closed. */
  async read(): Promise<readonly Chunk[] | undefined> {
    const portion = !this.#isOpen || this.#span.isWhole ? undefined : await this.#source.read();
    if (portion) return this.#count(portion);
    this.#source.close();
    this.#isOpen = false;
    this.#span.throwIfCut();
    return undefined;
  }

  /** Resolves with whether bytes can be read. Never rejects: {@link read} throws what has ended the connection. */
  arrival(): Promise<boolean> {
    return this.#isOpen ? this.#source.arrival() : Promise.resolve(false);
  }

  /** Whether the response is an HTML page in place of the file at `url`, by its headers and its first bytes. */
  async isPage(url: string): Promise<boolean> {
    return claimsToBePage(this.#response, url) && beginsAsPage((await this.peek()) ?? new Uint8Array());
  }

  /** Resolves with the first bytes of the response, even if they are to be skipped; `undefined` for an empty body. */
  peek(): Promise<Chunk | undefined> {
    return this.#source.peek();
  }

  /** Resolves with whether all bytes to be skipped have arrived; `false` at the end of a shorter body. */
  isSkipped(): Promise<boolean> {
    return this.#source.isSkipped();
  }

  /** Resolves when a silent connection delivers again, or has ended. */
  endOfSilence(): Promise<void> {
    return this.#source.endOfSilence();
  }

  /** Waits for the next byte of a silent connection. */
  resume(): void {
    this.#source.resume();
  }

  /** Returns the bytes that have arrived and were not read, which then count as read. */
  rest(): readonly Chunk[] {
    return this.#isOpen ? this.#count(this.#source.rest()) : [];
  }

  /** Closes the connection for a pause. Bytes that have arrived can still be read; then reading throws. */
  interrupt(): void {
    if (this.#isOpen) this.#source.close();
  }

  /** Closes the connection at once, and returns the bytes that had arrived and were not read. */
  close(): Remainder {
    const start = this.#isOpen ? this.#span.start + this.#source.delivered : NaN;
    this.interrupt();
    const chunks = this.rest();
    this.#isOpen = false;
    return { start, chunks };
  }

  #count(portion: readonly Chunk[]): readonly Chunk[] {
    const chunks = this.#span.count(portion);
    if (chunks.length > 0) this.#onBytes();
    return chunks;
  }
}
