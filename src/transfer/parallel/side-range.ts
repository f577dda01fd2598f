// In: a request for one range. Out: its bytes, which wait in memory until they are read.
import type { Clock } from '../../core/index.js';
import { withTimeLimit } from '../../core/internal.js';
import type { DownloadRequest } from '../download-request.js';
import { compareVersions, type FileVersion } from '../integrity/file-version.js';
import { lengthOf, type Chunk } from '../network/chunk.js';
import { connectRange, dismiss, ResponseFailure, type Connection } from '../network/connection.js';
import { OpenResponse } from '../network/open-response.js';
import { StallLimit } from '../network/stall-limit.js';
import { beginsWith, SEAM, withoutFirst } from './seam.js';

/** How long a response may take, in ms. The file's own connection can continue instead. */
const RESPONSE_LIMIT = 10_000;

/** Settings of a {@link SideRange}. */
export interface SideRangeOptions {
  readonly request: DownloadRequest;
  readonly clock: Clock;
  /** How long the next byte may take, in ms. */
  readonly stallTimeout: number;
  /** The version of the file, with its total. */
  readonly version: FileVersion;
  /** Called once no more bytes arrive. */
  readonly onEnd: () => void;
}

/** A range of a file that is requested beside the connection of its body. */
export class SideRange {
  readonly start: number;
  /** Resolves once no more bytes arrive. */
  readonly ended: Promise<void>;
  readonly #end: number;
  readonly #options: SideRangeOptions;
  readonly #controller = new AbortController();
  readonly #opening: Promise<void>;
  #response: OpenResponse | undefined;
  #pending: readonly Chunk[] = [];
  #read = 0;
  #resolve: () => void = () => undefined;
  #isOver = false;
  #isRefused = false;

  /** Requests the bytes from `start` up to `end`. */
  constructor(start: number, end: number, options: SideRangeOptions) {
    this.start = start;
    this.#end = end;
    this.#options = options;
    this.ended = new Promise((resolve) => (this.#resolve = resolve));
    this.#opening = this.#open().catch(() => this.interrupt());
  }

  /** The offset after its last byte: the requested one until no more bytes arrive, then that of the last byte that has arrived. */
  get end(): number {
    return this.#isOver ? this.start + this.arrived : this.#end;
  }

  /** Whether no more bytes arrive. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether its connection has ended before all bytes arrived. */
  get isCut(): boolean {
    return this.end < this.#end;
  }

  /** Whether the server has responded with something other than the range. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Bytes that have arrived. */
  get arrived(): number {
    return Math.min(this.#response?.arrived ?? 0, this.#end - this.start);
  }

  /** Bytes that have arrived and were not read, without those that the range has in common with the ones before it. */
  get unread(): number {
    return Math.max(0, this.arrived - Math.max(this.#read, SEAM));
  }

  /** The offset of the next byte that is read. */
  get position(): number {
    return this.start + this.#read;
  }

  /** Resolves with the next bytes; `undefined` if none follow. */
  async read(): Promise<readonly Chunk[] | undefined> {
    const chunks = this.#pending.length > 0 ? this.#pending : await this.#next();
    this.#pending = [];
    this.#read += lengthOf(chunks ?? []);
    return chunks;
  }

  /** Returns the bytes that have arrived and were not read, which then count as read. */
  rest(): readonly Chunk[] {
    const chunks = [...this.#pending, ...(this.#response?.rest() ?? [])];
    this.#pending = [];
    this.#read += lengthOf(chunks);
    return chunks;
  }

  /** Skips the first bytes, and resolves with whether they are those of `seam`. If not, the range is of no use. */
  async skip(seam: Chunk): Promise<boolean> {
    while (lengthOf(this.#pending) < SEAM) {
      const chunks = await this.#next();
      if (!chunks) return false;
      this.#pending = [...this.#pending, ...chunks];
    }
    const isSame = beginsWith(this.#pending, seam);
    this.#pending = withoutFirst(this.#pending, SEAM);
    this.#read += SEAM;
    return isSame;
  }

  /** Closes the connection. The bytes that have arrived can still be read. */
  interrupt(): void {
    this.#controller.abort();
    this.#response?.interrupt();
    this.#finish();
  }

  async #next(): Promise<readonly Chunk[] | undefined> {
    await this.#opening;
    try {
      return await this.#response?.read();
    } catch {
      this.interrupt();
      return undefined;
    }
  }

  async #open(): Promise<void> {
    const { clock, stallTimeout } = this.#options;
    const connection = await withTimeLimit(this.#connect(), RESPONSE_LIMIT, clock);
    this.#controller.signal.throwIfAborted();
    this.#response = new OpenResponse(connection, this.start, {
      clock,
      controller: this.#controller,
      stall: new StallLimit(stallTimeout),
      onBytes: () => undefined,
      onEnd: () => this.#finish(),
    });
  }

  async #connect(): Promise<Connection> {
    const { request, clock, version } = this.#options;
    const { signal } = this.#controller;
    try {
      const connection = await connectRange({ request, clock, signal }, this.start, version, this.#end);
      if (connection && this.#isExpected(connection)) return connection;
      if (connection) dismiss(connection.response);
      this.#isRefused = true;
    } catch (cause) {
      if (cause instanceof ResponseFailure) dismiss(cause.response);
      this.#isRefused = cause instanceof ResponseFailure;
    }
    throw new DOMException('Expected the requested range', 'DataError');
  }

  #isExpected({ isRange, isPlaced, start, end, coding, version }: Connection): boolean {
    const { version: expected } = this.#options;
    const isSame = version.total === expected.total && compareVersions(expected, version) === 'same';
    return isSame && isRange && isPlaced && coding === 'none' && start === this.start && end === this.#end;
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#resolve();
    this.#options.onEnd();
  }
}
