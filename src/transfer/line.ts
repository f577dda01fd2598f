import { DownloadFailure, type Clock } from '../core/index.js';
import { connect, type Connection, type DownloadRequest } from './connection.js';
import { NetworkSource } from './network-source.js';
import { isPage } from './response-headers.js';
import { watch } from './watchdog.js';

/** The line to the server behind one body: one connection after another, at most one of them open. */
export class Line {
  readonly #request: DownloadRequest;
  readonly #timeout: number;
  readonly #clock: Clock;
  #controller: AbortController | undefined;
  #source: NetworkSource | undefined;
  /** Whether a request was made before: then the browser's own cache is passed by. */
  #isFresh = false;
  #isInterrupted = false;

  /** @param timeout How long an answer, or its next byte, may take, in ms. */
  constructor(request: DownloadRequest, timeout: number, clock: Clock) {
    this.#request = request;
    this.#timeout = timeout;
    this.#clock = clock;
  }

  /** Whether there is a connection to read from. */
  get isOpen(): boolean {
    return this.#source !== undefined;
  }

  /**
   * Opens a connection from byte `start` on.
   *
   * @returns `undefined` when that is the end of the file.
   * @throws what `connect()` throws; DownloadFailure `corrupt` for a page in place of a file, and
   * `timeout` when no answer comes.
   */
  async open(start: number): Promise<Connection | undefined> {
    const controller = new AbortController();
    this.#controller = controller;
    const settings = { start, fresh: this.#isFresh || start > 0, signal: controller.signal };
    this.#isFresh = true;
    const connection = await watch(connect(this.#request, settings), this.#timeout, this.#clock, () => controller.abort());
    if (!connection) return undefined;
    if (isPage(connection.response, this.#request.url)) {
      controller.abort();
      throw new DownloadFailure('corrupt', `The server sent a page in place of the file: ${this.#request.url}`);
    }
    this.#source = new NetworkSource(connection, controller, this.#timeout, this.#clock);
    return connection;
  }

  /** The next bytes; `undefined` at the end of the answer, after which the line is closed. */
  async read(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = await this.#source?.read();
    if (!bytes) this.#source = undefined;
    return bytes;
  }

  /** What has come and was not read. */
  rest(): Iterable<Uint8Array<ArrayBuffer>> {
    return this.#source?.rest() ?? [];
  }

  /** Closes the connection at once, on purpose. What has come is still read; then reading throws. */
  interrupt(): void {
    this.#isInterrupted = this.#controller !== undefined;
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
  close(): Iterable<Uint8Array<ArrayBuffer>> {
    const source = this.#source;
    this.#controller?.abort();
    source?.close();
    this.#controller = undefined;
    this.#source = undefined;
    return source?.rest() ?? [];
  }
}
