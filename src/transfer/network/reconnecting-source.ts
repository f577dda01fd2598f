// In: responses, one after another. Out: the chunks of one file; at most one connection is open.
import { DownloadFailure } from '../../core/index.js';
import { AnswerWait, type AnswerOptions } from './await-answer.js';
import { BrowserCopy } from './browser-copy.js';
import { lengthOf, splitChunk, streamOf, type Chunk, type Remainder } from './chunk.js';
import { connectPlain, connectRange, dismiss, isLater, type Connection, type ConnectOptions, type Continuation } from './connection.js';
import type { FileVersion } from '../integrity/file-version.js';
import type { PauseGate } from './pause-gate.js';
import { probeEnd } from './probe-end.js';
import { NetworkSource } from './network-source.js';
import { RangeRecord } from './range-record.js';
import { beginsAsPage, claimsToBePage } from './response-headers.js';
import { suspectAddresses } from './suspect-addresses.js';
import { isCompiled, inspectAnswer } from './whole-answer.js';

/** What a line depends on. */
export interface ReconnectingSourceOptions extends AnswerOptions {
  /** While it is closed no connection opens. */
  readonly gate: PauseGate;
  /** Once it has aborted no connection opens. */
  readonly signal: AbortSignal;
}

export class ReconnectingSource {
  readonly #options: ReconnectingSourceOptions;
  readonly #ranges: RangeRecord;
  readonly #copy: BrowserCopy;
  readonly #answerWait: AnswerWait;
  #controller: AbortController | undefined;
  #source: NetworkSource | undefined;
  #connection: Connection | undefined;
  /** The place in the file of the next byte that is read. */
  #position = 0;
  /** The place in the file of the first byte that the open connection brings. */
  #start = 0;
  #missing = 0;
  #isInterrupted = false;

  constructor(options: ReconnectingSourceOptions) {
    this.#options = options;
    const { request, clock } = options;
    this.#ranges = new RangeRecord(request.url);
    this.#copy = new BrowserCopy(request.url, clock);
    this.#answerWait = new AnswerWait(options);
  }

  /** Whether there is a connection to read from. */
  get isOpen(): boolean {
    return this.#source !== undefined;
  }

  /** Lets no further range be asked for: they have turned out to be of no use here. */
  refuseRanges(): void {
    this.#ranges.refuse();
  }

  /**
   * Opens a connection for the file from its first byte on.
   *
   * @param mayGiveAway Whether an answer with compiled code may be `untouched`: nothing of it is read here then.
   * @param cache Another cache mode than the caller's.
   * @throws as `continueAt()`.
   */
  async open(mayGiveAway: () => Promise<boolean>, cache?: RequestCache): Promise<Connection> {
    const connection = await this.#connect((options) => connectPlain(options, cache));
    const { response, end, declared } = connection;
    this.#copy.begin(connection);
    if (!isCompiled(response) || !(await mayGiveAway())) return this.#attach(connection, 0);
    const { length, body } = await inspectAnswer(response, this.#options.clock);
    // Nothing was handed over yet: a pause meanwhile costs no more than this connection.
    this.#controller?.signal.throwIfAborted();
    if (length !== undefined && length === (end ?? length)) {
      const { request, clock, signal } = this.#options;
      const cut = end === undefined && (await probeEnd({ request, clock, signal }, { loaded: length, declared }));
      if (!cut) return { ...connection, untouched: length };
      dismiss(response);
      throw cut;
    }
    response.body?.cancel().catch(() => undefined);
    return this.#attach(connection, 0, body);
  }

  /**
   * Opens a connection whose bytes, as they are read, begin at `start`: by a range, or by asking for the whole file and
   * skipping what comes before, where the browser has that, and where a range is refused or of no use.
   *
   * @throws ResponseFailure for an answer without a file; DownloadFailure `corrupt` for a page in place of the file,
   * `timeout` when no answer comes, and `aborted` during a pause; what `fetch` throws; the signal's reason once it has aborted.
   */
  async continueAt(start: number, { version, mayRange }: Continuation): Promise<Connection> {
    const isRequested = mayRange && start > 0 && !this.#ranges.isRefused;
    const opened = isRequested && ((await this.#openCopy(start, version)) ?? (await this.#openRange(start, version)));
    if (opened) return opened;
    // A browser that completes what it has of the file would do so by a range, which is refused, too.
    const isStale = isRequested || this.#ranges.isForbidden || suspectAddresses.has(this.#options.request.url);
    const connection = await this.#connect((options) => connectPlain(options, isStale ? 'reload' : undefined));
    // What refuses the file, too, may have refused both for another cause.
    if (isRequested) this.#ranges.forbid();
    return this.#attach(connection, start);
  }

  /** The next bytes; `undefined` at the end of the answer, after which the line is closed. */
  async read(): Promise<readonly Chunk[] | undefined> {
    const { end, isRange } = this.#connection ?? {};
    const isWhole = isRange === true && end !== undefined && this.#position >= end;
    const source = this.#source;
    const portion = isWhole ? undefined : await source?.read();
    if (portion) return this.#count(portion);
    source?.close();
    this.#source = undefined;
    this.#missing = source?.skip ?? 0;
    if (isRange && end !== undefined && this.#position < end) {
      throw new DownloadFailure('network', `The answer ended at byte ${this.#position} of ${end}`);
    }
    return undefined;
  }

  /** Bytes that the answer that has ended was short of those that come before the one that was asked for. */
  get missing(): number {
    return this.#missing;
  }

  /** Whether an answer that was short of bytes had all that it told of: then the file is no longer. */
  get isShortFile(): boolean {
    return this.#start - this.#missing === this.#connection?.end;
  }

  /** Whether the last bytes of the answer have been read. */
  get isAtEnd(): boolean {
    return this.#source?.isAtEnd === true;
  }

  /**
   * Whether the answer that has ended was a range that came whole: a server may answer with less than it was asked for,
   * and is then asked for the rest at once. Asked once for each answer.
   */
  endedWithPiece(): boolean {
    const { isRange, start, end } = this.#connection ?? {};
    if (!isRange || start === undefined || end === undefined || this.#position < end || end === start) return false;
    this.#ranges.endPiece(end - start);
    return true;
  }

  /** What has come and was not read. */
  rest(): readonly Chunk[] {
    return this.#count(this.#source?.rest() ?? []);
  }

  /** Closes the connection at once, on purpose. What has come is still read; then reading throws. */
  interrupt(): void {
    // A page that is kept aside is hidden and then frozen: the second time nothing is open any more.
    this.#isInterrupted ||= this.#controller !== undefined;
    this.#controller?.abort();
    this.#source?.close();
  }

  /** Whether the connection is closed on purpose. */
  get isInterrupted(): boolean {
    return this.#isInterrupted;
  }

  /** Whether the connection was closed on purpose; asked once for each. */
  wasInterrupted(): boolean {
    const was = this.#isInterrupted;
    this.#isInterrupted = false;
    return was;
  }

  /** Leaves the connection to the caller, who has its answer. */
  release(): void {
    this.#controller = undefined;
  }

  /** Closes the connection at once, and returns what had come and was not read. */
  close(): Remainder {
    const source = this.#source;
    const place = this.#start + (source?.delivered ?? NaN);
    this.#controller?.abort();
    source?.close();
    this.#controller = undefined;
    this.#source = undefined;
    return { place, chunks: this.#count(source?.rest() ?? []) };
  }

  /** Bytes behind those that a range was to bring are of no known place. */
  #count(portion: readonly Chunk[]): readonly Chunk[] {
    const { isRange, end } = this.#connection ?? {};
    const chunks = isRange && end !== undefined ? splitChunk(portion, end - this.#position) : portion;
    this.#position += lengthOf(chunks);
    if (chunks.length === 0) return chunks;
    this.#ranges.succeed();
    if (!isRange) this.#copy.succeed();
    return chunks;
  }

  /** Has the browser complete what its own cache has of the file; `undefined` where that is not there. */
  async #openCopy(start: number, version: FileVersion): Promise<Connection | undefined> {
    const isSuspect = suspectAddresses.has(this.#options.request.url);
    if (version.validator === undefined || isSuspect || !this.#copy.isWorthRequesting) return undefined;
    try {
      const connection = await this.#attach(await this.#connect((options) => connectPlain(options)), start);
      if (this.#source && (await this.#copy.isAvailable(this.#source))) return connection;
    } catch (cause) {
      if (this.#isInterrupted || !this.#copy.fail(cause)) throw cause;
    }
    this.close();
    return undefined;
  }

  /**
   * Connects by a range; `undefined` where it is refused. Where several in a row have brought no byte, the server may be
   * away, or unable to answer one, or the browser unable to decode it: the next that fails counts as refused.
   */
  async #openRange(start: number, version: FileVersion): Promise<Connection | undefined> {
    const { signal } = this.#options;
    const { isLast } = this.#ranges;
    try {
      const connection = await this.#connect((options) => connectRange(options, start, version));
      if (!connection) return undefined;
      if (connection.isRange) this.#ranges.answer();
      const attached = await this.#attach(connection, start);
      if (isLast) await this.#source?.peek();
      return attached;
    } catch (cause) {
      // A server that wants to be asked later, and a pause, say nothing of ranges.
      if (isLater(cause) || this.#isInterrupted || signal.aborted) throw cause;
      this.#ranges.fail();
      if (!isLast) throw cause;
      this.close();
      return undefined;
    }
  }

  async #connect<T extends Connection | undefined>(connect: (options: ConnectOptions) => Promise<T>): Promise<T> {
    const { request, gate, signal } = this.#options;
    signal.throwIfAborted();
    if (gate.isClosed) {
      // A pause that came while nothing was open has had no connection to close.
      this.#isInterrupted = true;
      throw new DownloadFailure('aborted', `The download is paused: ${request.url}`);
    }
    this.#controller = new AbortController();
    return this.#answerWait.to(connect, this.#controller);
  }

  async #attach(connection: Connection, position: number, body = connection.response.body): Promise<Connection> {
    const { request, stallTimeout: timeout, clock } = this.#options;
    const { response } = connection;
    const controller = this.#controller ?? new AbortController();
    const source = new NetworkSource(streamOf(body), { skip: position - connection.start, controller, timeout, clock });
    this.#source = source;
    this.#connection = connection;
    this.#position = this.#start = position;
    if (!claimsToBePage(response, request.url) || !beginsAsPage((await source.peek()) ?? new Uint8Array())) return connection;
    this.close();
    suspectAddresses.add(request.url);
    throw new DownloadFailure('corrupt', `The server sent a page in place of the file: ${request.url}`);
  }
}
