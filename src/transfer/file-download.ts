// In: one call of `fetch`, and the bytes of its file body. Out: one response with a single body, whatever happens to the connections.
import { abortable, followSignal, type Signals } from './network/abortable.js';
import { BodyCheck } from './integrity/body-check.js';
import { BodyLease } from './sharing/body-lease.js';
import { dismiss, ResponseFailure, type Connection } from './network/connection.js';
import { keyOf } from './store/download-key.js';
import type { DownloadRequest } from './download-request.js';
import { FileBody } from './file-body.js';
import type { FileDownloadContext, FileProgressReport } from './file-download-context.js';
import { PartialBody } from './store/partial-body.js';
import { ReconnectingSource } from './network/reconnecting-source.js';
import { passedAnswer } from './passed-answer.js';
import { ReaderWatch } from './reader-watch.js';
import { respond } from './respond.js';
import { FileLease } from './sharing/file-lease.js';

export class FileDownload {
  readonly url: string;

  readonly #request: DownloadRequest;
  readonly #context: FileDownloadContext;
  readonly #controller = new AbortController();
  readonly #unfollow: () => void;
  readonly #line: ReconnectingSource;
  readonly #check: BodyCheck;
  readonly #kept: PartialBody;
  readonly #reader: ReaderWatch;
  #lease: BodyLease | undefined;
  #body: FileBody | undefined;
  #hasEnded = false;

  /** @param signals End the download when they abort. */
  constructor(request: DownloadRequest, context: FileDownloadContext, signals: Signals) {
    const { url, init, integrity } = request;
    this.url = url;
    this.#request = request;
    this.#context = context;
    this.#unfollow = followSignal(this.#controller, signals);
    const { signal } = this.#controller;
    signal.addEventListener('abort', () => this.#end(), { once: true });
    this.#line = new ReconnectingSource({ ...context, request, signal, signals });
    this.#check = new BodyCheck({ ...context, url, init, integrity });
    this.#kept = new PartialBody(context);
    this.#reader = new ReaderWatch(context.clock, () => void this.#lease?.yield());
  }

  /** Whether it is over: read to its end, broken for good, or aborted. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether another tab, or another caller, downloads the file, and this one waits for it. */
  get isFollowing(): boolean {
    return this.#lease?.isFollowing === true;
  }

  /** The answer, once its first connection says what the file is. */
  async open(): Promise<Response> {
    try {
      const response = await abortable(this.#begin(), this.#controller.signal);
      if (!this.#hasEnded) this.#reader.rest();
      return response;
    } catch (error) {
      throw this.#break(error);
    }
  }

  /**
   * Closes the connection at once; the gate says when it goes on. What has come is still read. A connection without
   * which the body could not go on stays open, and is not read.
   */
  pause(): void {
    if (this.#body?.isResumable !== false) this.#line.interrupt();
  }

  /** Ends the download with `reason`. What is here stays held. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** Forgets what is held of the file, and keeps nothing more of it. */
  async discard(): Promise<void> {
    await this.#body?.discard();
  }

  async #begin(): Promise<Response> {
    const { signal } = this.#controller;
    const key = await keyOf(this.#request.url, this.#request.headers);
    const lease = (this.#lease = this.#leaseFor(key));
    this.#body = this.#bodyFor(key, lease);
    this.#body.report('waiting');
    for (;;) {
      try {
        const waited = await lease.acquire();
        // What is kept whole is kept for any user; the answer to headers of a caller may be for that one alone.
        const whole = waited && key === this.url ? await this.#context.readWhole(this.url) : undefined;
        signal.throwIfAborted();
        if (whole) return this.#giveAway(whole, Number(whole.headers.get('Content-Length') ?? 0));
        const connection = await this.#body.start();
        signal.throwIfAborted();
        return connection.untouched === undefined
          ? this.#respond(connection, this.#body)
          : this.#giveAway(connection.response, connection.untouched);
      } catch (cause) {
        const answer = passedAnswer(cause, this.#context.passesErrors(this.url));
        if (answer) return this.#passAbsent(answer);
        await this.#recoverStart(cause);
      }
    }
  }

  #passAbsent(response: Response): Response {
    this.#line.release();
    this.#context.tell({ phase: 'absent', loaded: 0, stored: 0, total: undefined, totalIsExact: false });
    this.#end();
    return response;
  }

  async #recoverStart(cause: unknown): Promise<void> {
    this.#line.close();
    this.#controller.signal.throwIfAborted();
    if (this.#line.wasInterrupted()) return;
    this.#body?.report('waiting');
    await this.#recover(cause);
  }

  #respond(connection: Connection, body: FileBody): Response {
    let cause: unknown;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          this.#reader.begin();
          try {
            const chunks = await abortable(this.#next(body), this.#controller.signal);
            for (const chunk of chunks ?? []) controller.enqueue(chunk);
            if (body.isComplete || !chunks) controller.close();
            if (body.isComplete) this.#finish();
            else this.#reader.rest();
          } catch (error) {
            throw (cause = this.#break(error));
          }
        },
        cancel: (reason) => this.abort(reason),
      },
      { highWaterMark: 0 },
    );
    return respond(stream, connection, body.length, () => cause);
  }

  #leaseFor(key: string): BodyLease {
    const { tell, gate } = this.#context;
    const turn = new FileLease({
      ...this.#context,
      url: key,
      signal: this.#controller.signal,
      onPause: () => this.#body?.report('waiting'),
      onFollow: ({ loaded, total }) => tell({ phase: 'receiving', loaded, stored: 0, total, totalIsExact: total !== undefined }),
    });
    return new BodyLease({ turn, gate, kept: this.#kept, isUnread: () => this.#isUnread() });
  }

  #bodyFor(key: string, lease: BodyLease): FileBody {
    const { channel, clock, tell } = this.#context;
    return new FileBody({
      context: this.#context,
      url: this.url,
      key,
      init: this.#request.init,
      line: this.#line,
      check: this.#check,
      kept: this.#kept,
      signal: this.#controller.signal,
      acquire: () => lease.acquire(),
      recover: (cause) => this.#recover(cause),
      tell: (report: FileProgressReport) => {
        // One that was aborted may still have been on its way here.
        if (this.#hasEnded) return;
        tell(report);
        channel.tell({ url: key, loaded: report.loaded, total: report.total }, clock.now());
      },
    });
  }

  /** While a failure is waited out, or the user is asked, others may go on with the file. */
  async #recover(cause: unknown): Promise<void> {
    this.#lease?.leave();
    if (cause instanceof ResponseFailure) dismiss(cause.response);
    await this.#context.recover(cause);
  }

  #isUnread(): boolean {
    return !this.#reader.isReading && !this.#hasEnded;
  }

  async #next(body: FileBody): ReturnType<FileBody['next']> {
    await this.#lease?.takeBack();
    return body.next();
  }

  /** Gives away an answer of this device as it is, of `size` bytes. */
  #giveAway(response: Response, size: number): Response {
    this.#context.tell({ phase: 'done', loaded: size, stored: size, total: size, totalIsExact: true });
    this.#line.release();
    this.#end();
    return response;
  }

  /** Ends a broken download, and returns what its reader is told. */
  #break(error: unknown): unknown {
    const { signal } = this.#controller;
    this.#end();
    if (signal.aborted) return signal.reason;
    this.#context.onFailure(error);
    return error;
  }

  #finish(): void {
    if (this.#hasEnded) return;
    this.#close();
    void this.#leave(async () => this.#lease?.finish(() => (this.#context.hasKeeper ? this.#kept.drop() : this.discard())));
  }

  #end(): void {
    if (this.#hasEnded) return;
    const { place, chunks } = this.#close();
    void this.#leave(async () => {
      await this.#kept.write(chunks, place);
      await this.#kept.flush();
    });
  }

  #close(): ReturnType<ReconnectingSource['close']> {
    this.#hasEnded = true;
    this.#context.onEnd();
    this.#unfollow();
    this.#reader.close();
    this.#check.close();
    return this.#line.close();
  }

  async #leave(tidyUp: () => Promise<void>): Promise<void> {
    try {
      await tidyUp();
    } catch {
      // What cannot be kept is downloaded again.
    } finally {
      this.#lease?.leave();
    }
  }
}
