// In: responses, one after another. Out: the chunks of one file. One connection is open, and beside it at most a silent one.
import { DownloadFailure } from '../../core/index.js';
import { ResponseWait } from './await-response.js';
import { BrowserCopy } from './browser-copy.js';
import type { Chunk, Remainder } from './chunk.js';
import { connectPlain, connectRange, dismiss, isLater, ResponseFailure } from './connection.js';
import type { Connection, ConnectOptions, Continuation } from './connection.js';
import type { FileVersion } from '../integrity/file-version.js';
import { OpenResponse } from './open-response.js';
import { isWholeResponse } from './probe-end.js';
import { RangeRecord } from './range-record.js';
import type { ReconnectingSourceOptions } from './source-options.js';
import { SilentResponse } from './silent-response.js';
import { cacheModeFor, suspectAddresses } from './suspect-addresses.js';
import { isCompiled, inspectResponse } from './whole-response.js';

/** Reads one file over one connection after another. */
export class ReconnectingSource {
  /** An earlier connection, whose server is silent. */
  readonly silent = new SilentResponse();
  readonly ranges: RangeRecord;
  readonly #options: ReconnectingSourceOptions;
  readonly #copy: BrowserCopy;
  readonly #responseWait: ResponseWait;
  #controller: AbortController | undefined;
  /** The last response, which may have been closed. */
  #response: OpenResponse | undefined;
  #isInterrupted = false;

  constructor(options: ReconnectingSourceOptions) {
    this.#options = options;
    this.ranges = new RangeRecord(options.request.url);
    this.#copy = new BrowserCopy(options.request.url, options.clock);
    this.#responseWait = new ResponseWait(options);
  }

  /** Whether a connection is open. */
  get isOpen(): boolean {
    return this.#response?.isOpen === true;
  }

  /**
   * Opens a connection for the file from its first byte on.
   *
   * @param mayPassOn Resolves with whether a WebAssembly response may be `untouched`: then its body is left to the caller.
   * @param cache The cache mode. Default: the caller's own.
   * @throws as `continueAt()`.
   */
  async open(mayPassOn: () => Promise<boolean>, cache?: RequestCache): Promise<Connection> {
    const connection = await this.#connectPlain(cache);
    this.#copy.begin(connection);
    const isRead = this.#options.mayPassOn === false || !isCompiled(connection.response);
    if (isRead || !(await mayPassOn())) return this.#attach(connection, 0);
    const copy = this.#inspect(connection);
    copy.catch(() => undefined);
    return this.#options.isCopied ? { ...connection, copy } : copy;
  }

  /** Reads a copy of the body for a moment. If the copy has not ended by then, it becomes the body of this connection. */
  async #inspect(connection: Connection): Promise<Connection> {
    const inspected = await inspectResponse(connection.response, this.#options.clock);
    // No byte has been delivered yet, so a pause meanwhile costs only this connection.
    this.#controller?.signal.throwIfAborted();
    if (await isWholeResponse(connection, inspected, this.#options)) return { ...connection, untouched: inspected.length };
    if (!this.#options.isCopied) dismiss(connection.response);
    return this.#attach(connection, 0, inspected.body);
  }

  /**
   * Opens a connection that is read from byte `start` on. It requests a range, or the whole file if the browser has stored a part
   * of it, or if a range is refused or useless. The bytes of the whole file before `start` are skipped.
   *
   * @throws ResponseFailure for a response without a file; DownloadFailure `corrupt` for a page in place of the file,
   * `timeout` when no response arrives, and `aborted` during a pause; what `fetch` throws; the signal's reason once it has aborted.
   */
  async continueAt(start: number, { version, mayRange, took }: Continuation): Promise<Connection> {
    const isRequested = mayRange && start > 0 && !this.ranges.isRefused;
    const opened = isRequested && ((await this.#openCopy(start, version, took)) ?? (await this.#openRange(start, version)));
    if (opened) return opened;
    // A browser would complete its stored part of the file by a range, which the server refuses as well.
    const isStale = isRequested || this.ranges.isForbidden;
    const connection = await this.#connectPlain(isStale ? 'reload' : cacheModeFor(this.#options.request)).catch((cause: unknown) => {
      // If the file itself is refused, too, ranges may not be the cause.
      if (cause instanceof ResponseFailure) this.ranges.refusals.clear();
      throw cause;
    });
    if (isRequested) this.ranges.forbid();
    return this.#attach(connection, start);
  }

  /** Resolves with the next bytes; `undefined` at the end of the response, when the connection is closed. */
  read(): Promise<readonly Chunk[] | undefined> {
    return this.#response?.read() ?? Promise.resolve(undefined);
  }

  /** How many of the bytes to be skipped the last response lacked. */
  get missing(): number {
    return this.#response?.missing ?? 0;
  }

  /** Whether a response that lacked bytes had its full length: then the file has become shorter. */
  get isShortFile(): boolean {
    return this.#response?.isFull === true;
  }

  /** Whether the response has been read to its end. */
  get isAtEnd(): boolean {
    return this.#response?.isAtEnd === true;
  }

  /** Whether the last response was a complete range, which may be shorter than requested. Call it once for each response. */
  endedWithPiece(): boolean {
    const length = this.#response?.pieceLength;
    if (length !== undefined) this.ranges.endPiece(length);
    return length !== undefined;
  }

  /** Resolves with whether bytes can be read from the open connection. Never rejects: {@link read} throws what has ended it. */
  arrival(): Promise<boolean> {
    return this.#response?.arrival() ?? Promise.resolve(false);
  }

  /** Returns the bytes that have arrived and were not read, which then count as read. */
  rest(): readonly Chunk[] {
    return this.#response?.rest() ?? [];
  }

  /** Closes the connection at once, for a pause. Bytes that have arrived can still be read; then reading throws. */
  interrupt(): void {
    // A page that is hidden and then frozen is interrupted twice: the second time no connection is open.
    this.#isInterrupted ||= this.#controller !== undefined;
    this.#controller?.abort();
    this.#response?.interrupt();
    this.#responseWait.end();
    this.silent.drop();
  }

  /** Whether a pause has closed the connection. */
  get isInterrupted(): boolean {
    return this.#isInterrupted;
  }

  /** Returns `isInterrupted`, and resets it. */
  wasInterrupted(): boolean {
    const was = this.#isInterrupted;
    this.#isInterrupted = false;
    return was;
  }

  /** Leaves the connection to the caller, which has its response. */
  release(): void {
    this.#controller = undefined;
  }

  /** Works as `close()`, and also drops the silent connection and the late request, since no connection follows. */
  end(): Remainder {
    this.#responseWait.end();
    this.silent.drop();
    return this.close();
  }

  /** Closes the connection at once, and returns the bytes that had arrived and were not read. */
  close(): Remainder {
    this.#controller?.abort();
    this.#controller = undefined;
    return this.#response?.close() ?? { start: NaN, chunks: [] };
  }

  /** Closes the connection before the next one opens. A silent connection stays open beside the next one, if possible. */
  setAside(): void {
    if (this.#response?.isSilent && this.silent.hold(this.#response)) this.#response = this.#controller = undefined;
    else this.close();
  }

  /** Reads the silent connection again in place of the last one. */
  takeBack(): void {
    this.close();
    this.#controller = (this.#response = this.silent.take())?.controller;
  }

  /** Requests the whole file, so that the browser completes the part in its cache; resolves with `undefined` if there is none. */
  async #openCopy(start: number, version: FileVersion, took?: number): Promise<Connection | undefined> {
    // The browser's cache delivers its part only after the connection that fills it is closed, and a silent one stays open.
    if (this.silent.isHeld || !this.#copy.isWorthRequesting(version)) return undefined;
    try {
      const connection = await this.#connectPlain();
      const attached = this.#copy.isImpossible(connection.response) ? undefined : await this.#attach(connection, start);
      if (attached && this.#response && (await this.#copy.isAvailable(this.#response, took))) return attached;
    } catch (cause) {
      // The browser may have requested the rest by a range.
      if (isLater(cause)) this.ranges.refusals.add(cause);
      if (this.#isInterrupted || !this.#copy.fail(cause)) throw cause;
    }
    this.close();
    return undefined;
  }

  /**
   * Connects by a range; resolves with `undefined` if it is refused. A range that fails also counts as refused after several without
   * a byte, or if no attempt is left. The server may be unable to send a range, or the browser may be unable to decode it.
   */
  async #openRange(start: number, version: FileVersion): Promise<Connection | undefined> {
    const isLast = this.ranges.isLast || !this.#options.canRecover();
    try {
      const connection = await this.#connect((options) => connectRange(options, start, version), `range ${start}`);
      this.ranges.refusals.clear();
      if (!connection) return undefined;
      const attached = await this.#attach(connection, start);
      if (isLast) await this.#response?.peek();
      return attached;
    } catch (cause) {
      if (isLater(cause)) this.ranges.refusals.add(cause);
      // A response like 429 may concern all requests. A pause, and the end of a silence, do not concern ranges.
      if (isLater(cause) || this.#isInterrupted || this.#options.signal.aborted || this.silent.isOver) throw cause;
      this.ranges.fail();
      if (!isLast && (!(cause instanceof ResponseFailure) || this.#options.canRecover(true))) throw cause;
      this.close();
      return undefined;
    }
  }

  #connectPlain(cache?: RequestCache): Promise<Connection> {
    const { isHeld } = this.silent;
    return this.#connect((options) => connectPlain(isHeld ? { ...options, isBeside: isHeld } : options, cache), `plain ${cache ?? ''}`);
  }

  async #connect<T extends Connection | undefined>(connect: (options: ConnectOptions) => Promise<T>, purpose: string): Promise<T> {
    const { request, gate, signal } = this.#options;
    signal.throwIfAborted();
    if (gate.isClosed) {
      // A pause found no open connection to close.
      this.#isInterrupted = true;
      throw new DownloadFailure('aborted', `The download is paused: ${request.url}`);
    }
    const controller = (this.#controller = new AbortController());
    return this.silent.orElse(this.#responseWait.to(connect, controller, purpose), controller);
  }

  async #attach(connection: Connection, position: number, body = connection.response.body): Promise<Connection> {
    const { request, stall, clock } = this.#options;
    const onBytes = (): void => [this.ranges, this.#copy].forEach((record) => record.recordBytes(connection.isRange));
    const onEmptyFailure = connection.isRange ? () => this.ranges.failEmpty() : undefined;
    const controller = this.#controller ?? new AbortController();
    this.#response = new OpenResponse(connection, position, { body, controller, stall, clock, onEmptyFailure, onBytes });
    if (!(await this.#response.isPage(request.url))) return connection;
    this.close();
    suspectAddresses.add(request.url);
    throw new DownloadFailure('corrupt', `Expected a file, found a page: ${request.url}`);
  }
}
