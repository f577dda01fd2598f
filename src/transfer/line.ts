import { DownloadFailure, type Clock } from '../core/index.js';
import { abortable } from './abortable.js';
import type { Chunk } from './chunk.js';
import { connect, type Connection, type DownloadRequest } from './connection.js';
import type { Gate } from './gate.js';
import { NetworkSource } from './network-source.js';
import { isPage } from './response-headers.js';
import { Watchdog } from './watchdog.js';

/** What a line depends on. */
export interface LineOptions {
  readonly request: DownloadRequest;
  /** How long an answer, or its next byte, may take, in ms. */
  readonly stallTimeout: number;
  readonly clock: Clock;
  /** While it is closed no connection opens. */
  readonly gate: Gate;
  /** Once it has aborted no connection opens. */
  readonly signal: AbortSignal;
}

/** The line to the server behind one body: one connection after another, at most one of them open. */
export class Line {
  readonly #options: LineOptions;
  #controller: AbortController | undefined;
  #source: NetworkSource | undefined;
  /** Whether a request was made before: then the browser's own cache is passed by. */
  #isFresh = false;
  #isInterrupted = false;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** Whether there is a connection to read from. */
  get isOpen(): boolean {
    return this.#source !== undefined;
  }

  /**
   * Opens a connection from byte `start` on.
   *
   * @returns `undefined` when that is the end of the file.
   * @throws what `connect()` throws; DownloadFailure `corrupt` for a page in place of a file,
   * `timeout` when no answer comes, and `aborted` during a pause; the signal's reason once it has aborted.
   */
  async open(start: number): Promise<Connection | undefined> {
    const { request, stallTimeout, clock, gate, signal } = this.#options;
    signal.throwIfAborted();
    if (gate.isClosed) {
      // A pause that came while nothing was open has had no connection to close.
      this.#isInterrupted = true;
      throw new DownloadFailure('aborted', `The download is paused: ${request.url}`);
    }
    const controller = new AbortController();
    this.#controller = controller;
    const settings = { start, fresh: this.#isFresh || start > 0, signal: controller.signal };
    this.#isFresh = true;
    const watchdog = new Watchdog(stallTimeout, clock, (failure) => controller.abort(failure));
    watchdog.expect();
    const connection = await abortable(connect(request, settings), controller.signal).finally(() => watchdog.close());
    if (!connection) return undefined;
    if (isPage(connection.response, request.url)) {
      controller.abort();
      throw new DownloadFailure('corrupt', `The server sent a page in place of the file: ${request.url}`);
    }
    this.#source = new NetworkSource(connection, controller, stallTimeout, clock);
    return connection;
  }

  /** The next bytes; `undefined` at the end of the answer, after which the line is closed. */
  async read(): Promise<readonly Chunk[] | undefined> {
    const portion = await this.#source?.read();
    if (!portion) this.#source = undefined;
    return portion;
  }

  /** What has come and was not read. */
  rest(): readonly Chunk[] {
    return this.#source?.rest() ?? [];
  }

  /** Closes the connection at once, on purpose. What has come is still read; then reading throws. */
  interrupt(): void {
    // A page that is kept aside is hidden and then frozen: the second time nothing is open any more.
    this.#isInterrupted ||= this.#controller !== undefined;
    this.#controller?.abort();
    this.#source?.close();
  }

  /** Whether the connection was closed on purpose; asked once for each. */
  wasInterrupted(): boolean {
    const was = this.#isInterrupted;
    this.#isInterrupted = false;
    return was;
  }

  /** Leaves the connection to whoever has its answer. */
  release(): void {
    this.#controller = undefined;
  }

  /** Closes the connection at once, and returns what had come and was not read. */
  close(): readonly Chunk[] {
    const source = this.#source;
    this.#controller?.abort();
    source?.close();
    this.#controller = undefined;
    this.#source = undefined;
    return source?.rest() ?? [];
  }
}
