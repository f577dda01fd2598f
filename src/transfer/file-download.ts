// In: one call of `fetch`, and the bytes of its file body. Out: one response with a single body, whatever happens to the connections.
import { BodyCheck } from './integrity/body-check.js';
import { abortable, followSignal } from './network/abortable.js';
import { dismiss, ResponseFailure, type Connection } from './network/connection.js';
import { ReconnectingSource } from './network/reconnecting-source.js';
import { StallLimit } from './network/stall-limit.js';
import { BodyLease } from './sharing/body-lease.js';
import { keyOf } from './store/download-key.js';
import { PartialBody } from './store/partial-body.js';
import type { DownloadRequest } from './download-request.js';
import { FileBody } from './file-body.js';
import type { FileDownloadContext, FileDownloadListener, FileDownloadOwner, FileProgressReport } from './file-download-context.js';
import { passedAnswer } from './passed-answer.js';
import { ReaderWatch } from './reader-watch.js';
import { respond } from './respond.js';

/** The answer to one call of `fetch`: a single body over one connection after another. */
export class FileDownload {
  readonly url: string;
  readonly #request: DownloadRequest;
  readonly #context: FileDownloadContext;
  readonly #listener: FileDownloadListener;
  readonly #isEarly: boolean;
  readonly #isRepeated: boolean;
  readonly #controller = new AbortController();
  readonly #unfollow: () => void;
  readonly #source: ReconnectingSource;
  readonly #check: BodyCheck;
  readonly #partial: PartialBody;
  readonly #reader: ReaderWatch;
  #lease: BodyLease | undefined;
  #body: FileBody | undefined;
  /** Whether the caller has the server's own answer, of which this download reads a copy. */
  #isCopied = false;
  #hasEnded = false;

  constructor(request: DownloadRequest, context: FileDownloadContext, { listener, signals, isEarly = false, isRepeated = false }: FileDownloadOwner) {
    const { url, init, integrity } = request;
    const { clock, gate, stallTimeout, verify, lookUp } = context;
    this.url = url;
    this.#request = request;
    this.#context = context;
    this.#listener = listener;
    this.#isEarly = isEarly;
    this.#isRepeated = isRepeated;
    this.#unfollow = followSignal(this.#controller, signals);
    const { signal } = this.#controller;
    signal.addEventListener('abort', () => this.#end(), { once: true });
    // Before its answer an early request is not repeated.
    const canRecover = (): boolean => context.canRecover() && !(isEarly && this.#body?.isBegun !== true);
    const stall = new StallLimit(stallTimeout, { canRecover, isResumable: () => this.#body?.isResumable !== false });
    this.#source = new ReconnectingSource({ request, clock, gate, stall, signal, signals, canRecover });
    this.#check = new BodyCheck({ url, init, integrity, verify, lookUp, clock });
    this.#partial = new PartialBody(context.storage);
    this.#reader = new ReaderWatch(clock, () => void this.#lease?.yield());
  }

  /** Whether the download is over: read to its end, failed for good, or aborted. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether the download waits for another tab, or another caller, that downloads the same file. */
  get isFollowing(): boolean {
    return this.#lease?.isFollowing === true;
  }

  /** Resolves with the answer once the first connection has returned headers. */
  async open(): Promise<Response> {
    try {
      const response = await abortable(this.#begin(), this.#controller.signal);
      if (!this.#hasEnded && !this.#isEarly) this.#reader.rest();
      return response;
    } catch (error) {
      throw this.#fail(error, this.#isEarly);
    }
  }

  /**
   * Closes the connection at once; the gate decides when the download continues. Bytes that have arrived can still be
   * read. If the body could not continue over another connection, the connection stays open and is not read.
   */
  pause(): void {
    if (this.#body?.isResumable === false) return;
    if (this.#isCopied) this.#endCopy();
    else this.#source.interrupt();
  }

  /** Ends the download with `reason`. The stored bytes stay. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** Deletes the stored bytes of the file, and stores no more of it. */
  async discard(): Promise<void> {
    await this.#body?.discard();
  }

  async #begin(): Promise<Response> {
    const { signal } = this.#controller;
    const key = await keyOf(this.#request.url, this.#request.headers);
    const lease = (this.#lease = this.#createLease(key));
    this.#body = this.#createBody(key, lease);
    this.#body.report('waiting');
    for (;;) {
      try {
        const waited = await lease.acquire();
        // Whole files are stored for every user; an answer to a caller's own headers may be for that caller alone.
        const whole = waited && key === this.url ? await this.#context.readWhole?.(this.url) : undefined;
        signal.throwIfAborted();
        if (whole) return this.#passWhole(whole, Number(whole.headers.get('Content-Length') ?? 0));
        const connection = await this.#body.start();
        signal.throwIfAborted();
        if (connection.copy) return this.#shareAnswer(connection.response, connection.copy, this.#body);
        if (connection.untouched === undefined) return this.#respond(connection, this.#body);
        return this.#passWhole(connection.response, connection.untouched);
      } catch (cause) {
        const answer = passedAnswer(cause, this.#context.passesErrors(this.url));
        if (answer) return this.#passOn(answer, { phase: 'absent', loaded: 0, total: undefined });
        await this.#recoverStart(cause);
      }
    }
  }

  async #recoverStart(cause: unknown): Promise<void> {
    this.#source.close();
    this.#controller.signal.throwIfAborted();
    if (this.#source.wasInterrupted()) return;
    if (this.#isEarly) throw cause;
    this.#body?.report('waiting');
    await this.#recover(cause);
  }

  #respond(connection: Connection, body: FileBody): Response {
    let cause: unknown;
    let isUnread = true;
    if (this.#isEarly) void this.#readAhead(body, () => isUnread && !this.#hasEnded);
    const stream = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          isUnread = false;
          this.#reader.begin();
          try {
            const chunks = await abortable(this.#next(body), this.#controller.signal);
            for (const chunk of chunks ?? []) controller.enqueue(chunk);
            if (body.isComplete || !chunks) controller.close();
            if (body.isComplete) this.#finish();
            else this.#reader.rest();
          } catch (error) {
            throw (cause = this.#fail(error));
          }
        },
        cancel: (reason) => this.abort(reason),
      },
      { highWaterMark: 0 },
    );
    return respond(stream, connection, body.length, () => cause);
  }

  /** Returns the server's own answer. Its copy is counted and stored, so that another request can continue it. */
  #shareAnswer(response: Response, copy: Promise<Connection>, body: FileBody): Response {
    this.#isCopied = true;
    void this.#readCopy(copy, body).catch((error: unknown) => this.#fail(error, true));
    return response;
  }

  async #readCopy(copy: Promise<Connection>, body: FileBody): Promise<void> {
    const { untouched } = await copy;
    if (untouched !== undefined) {
      this.#passOn(undefined, { phase: 'done', loaded: untouched, total: untouched });
      return;
    }
    while (!this.#hasEnded && !body.isComplete) await this.#next(body);
    // An abort would end the body of the caller, too, which may not have been read yet.
    this.#source.release();
    this.#finish();
  }

  /** Ends the connection of the caller and of the copy. The caller requests the file again, and waits for the end of the pause. */
  #endCopy(): void {
    this.#body?.report('waiting');
    this.abort(new DOMException('The download is paused.', 'AbortError'));
  }

  async #readAhead(body: FileBody, isUnread: () => boolean): Promise<void> {
    await body.readAhead(isUnread);
    if (isUnread()) this.#reader.rest();
  }

  #createLease(key: string): BodyLease {
    const { leases, gate } = this.#context;
    const lease = leases.create({
      url: key,
      signal: this.#controller.signal,
      onPause: () => this.#body?.report('waiting'),
      onFollow: ({ loaded, total }) =>
        this.#listener.onProgress({ phase: 'receiving', loaded, stored: 0, total, totalIsExact: total !== undefined }),
    });
    return new BodyLease({ lease, gate, partial: this.#partial, isUnread: () => !this.#reader.isReading && !this.#hasEnded });
  }

  #createBody(key: string, lease: BodyLease): FileBody {
    return new FileBody({
      context: this.#context,
      url: this.url,
      key,
      request: this.#request,
      source: this.#source,
      check: this.#check,
      partial: this.#partial,
      signal: this.#controller.signal,
      acquire: () => lease.acquire(),
      recover: (cause) => (this.#isCopied ? Promise.reject(cause as Error) : this.#recover(cause)),
      isCopied: this.#isRepeated,
      onProgress: (report) => this.#report(key, report),
    });
  }

  #report(key: string, report: FileProgressReport): void {
    const { channel, clock } = this.#context;
    // The report of an aborted body may arrive late.
    if (this.#hasEnded) return;
    this.#listener.onProgress(report);
    channel.publish({ url: key, loaded: report.loaded, total: report.total }, clock.now());
  }

  /** Releases the file to others while the download waits for a retry or for the user. */
  async #recover(cause: unknown): Promise<void> {
    this.#lease?.release();
    if (cause instanceof ResponseFailure) dismiss(cause.response);
    await this.#context.recover(cause);
  }

  async #next(body: FileBody): ReturnType<FileBody['next']> {
    await this.#lease?.reacquire();
    return body.next();
  }

  /** Returns an answer of `size` bytes that is on this device as it is. */
  #passWhole(response: Response, size: number): Response {
    return this.#passOn(response, { phase: 'done', loaded: size, total: size });
  }

  #passOn<T extends Response | undefined>(response: T, report: Pick<FileProgressReport, 'phase' | 'loaded' | 'total'>): T {
    this.#listener.onProgress({ ...report, stored: report.loaded, totalIsExact: report.total !== undefined });
    this.#source.release();
    this.#end();
    return response;
  }

  /** Ends a failed download, and returns the error for its reader. */
  #fail(error: unknown, isQuiet = false): unknown {
    this.#end();
    if (this.#controller.signal.aborted) return this.#controller.signal.reason;
    if (!isQuiet) this.#listener.onFailure(error);
    return error;
  }

  #finish(): void {
    if (this.#hasEnded) return;
    this.#close();
    const drop = (): Promise<void> => (this.#context.readWhole ? this.#partial.drop() : this.discard());
    void this.#lease?.releaseAfter((lease) => lease.finish(drop));
  }

  #end(): void {
    if (this.#hasEnded) return;
    const { start, chunks } = this.#close();
    void this.#lease?.releaseAfter(async () => {
      await this.#partial.write(chunks, start);
      await this.#partial.flush();
    });
  }

  #close(): ReturnType<ReconnectingSource['close']> {
    this.#hasEnded = true;
    this.#listener.onEnd();
    this.#unfollow();
    this.#reader.close();
    this.#check.close();
    return this.#source.end();
  }
}
