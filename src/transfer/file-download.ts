// In: one call of `fetch`, and the bytes of its file body. Out: one response with a single body, whatever happens to the connections.
import { contentLengthOf } from '../core/internal.js';
import { BodyCheck } from './integrity/body-check.js';
import { abortable, followSignal } from './network/abortable.js';
import { ResponseFailure, type Connection } from './network/connection.js';
import type { ReconnectingSource } from './network/reconnecting-source.js';
import type { BodyLease } from './sharing/body-lease.js';
import { keyOf } from './store/download-key.js';
import { PartialBody } from './store/partial-body.js';
import { BodyDelivery } from './body-delivery.js';
import { createLease } from './create-lease.js';
import { createSource } from './create-source.js';
import { DownloadRecovery } from './download-recovery.js';
import type { DownloadRequest } from './download-request.js';
import { FileBody } from './file-body.js';
import type { FileDownloadContext, FileDownloadListener, FileDownloadOwner, FileProgressReport } from './file-download-context.js';
import { passedResponse } from './passed-response.js';
import { ReaderWatch } from './reader-watch.js';

/** Responds to one call of `fetch`: a single body over one connection after another. */
export class FileDownload {
  readonly url: string;
  readonly #request: DownloadRequest;
  readonly #context: FileDownloadContext;
  readonly #listener: FileDownloadListener;
  readonly #isEarly: boolean;
  readonly #controller = new AbortController();
  readonly #unfollow: () => void;
  readonly #source: ReconnectingSource;
  readonly #check: BodyCheck;
  readonly #partial: PartialBody;
  readonly #reader: ReaderWatch;
  readonly #recovery: DownloadRecovery;
  #lease: BodyLease | undefined;
  #body: FileBody | undefined;
  /** Whether the caller has the server's own response, of which this download reads a copy. */
  #isShared = false;
  #hasEnded = false;

  constructor(request: DownloadRequest, context: FileDownloadContext, owner: FileDownloadOwner) {
    const { url, init, integrity } = request;
    this.url = url;
    this.#request = request;
    this.#context = context;
    this.#listener = owner.listener;
    this.#isEarly = owner.isEarly === true;
    this.#unfollow = followSignal(this.#controller, owner.signals);
    this.#controller.signal.addEventListener('abort', () => this.#end(), { once: true });
    this.#source = createSource(request, context, { ...owner, signal: this.#controller.signal, body: () => this.#body });
    this.#check = new BodyCheck({ ...context, url, init, integrity });
    this.#partial = new PartialBody(context.storage);
    this.#reader = new ReaderWatch(context.clock, () => void this.#lease?.yield());
    const [{ signal }, { refusals }] = [this.#controller, this.#source.ranges];
    this.#recovery = new DownloadRecovery({ context, refusals, signal, release: () => this.#lease?.release() });
  }

  /** Whether the download waits for another tab, or another caller, that downloads the same file. */
  get isFollowing(): boolean {
    return this.#lease?.isFollowing === true;
  }

  /** Resolves with the response once the first connection has returned headers. */
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
   * Closes the connection at once; the gate decides when the download continues. Bytes that have arrived can still be read. If no
   * other connection could continue the body, the connection stays open and is not read: a body without a strong validator and a
   * known hash, such as a compressed one with a weak `ETag`.
   */
  pause(): void {
    if (this.#body?.isResumable === false) return;
    this.#body?.connections.interrupt();
    if (!this.#isShared) return;
    // The caller requests the file again. That request waits for the end of the pause.
    this.#body?.report('waiting');
    this.abort(new DOMException('The download is paused.', 'AbortError'));
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
        const finding = this.#context.storage.store.find(key);
        const waited = await lease.acquire();
        // Whole files are stored for every user; a response to a caller's own headers may be for that caller alone.
        const whole = waited && key === this.url ? await this.#context.readWhole?.(this.url) : undefined;
        signal.throwIfAborted();
        if (whole) return this.#passWhole(whole, contentLengthOf(whole) ?? 0);
        const connection = await this.#body.start(!waited && !(await finding));
        signal.throwIfAborted();
        if (connection.untouched === undefined) return this.#deliver(connection, this.#body);
        return this.#passWhole(connection.response, connection.untouched);
      } catch (cause) {
        const isOptional = this.#context.passesErrors(this.url) && !this.#source.ranges.refusals.has(cause);
        const response = passedResponse(cause, isOptional);
        if (response) return this.#passOn(response, { phase: 'absent', loaded: 0, total: undefined });
        await this.#recoverStart(cause);
      }
    }
  }

  async #recoverStart(cause: unknown): Promise<void> {
    this.#source.close();
    this.#controller.signal.throwIfAborted();
    if (this.#source.wasInterrupted() && !(cause instanceof ResponseFailure)) return;
    if (this.#isEarly) throw cause;
    this.#body?.report('waiting');
    await this.#recovery.recover(cause);
  }

  #deliver(connection: Connection, body: FileBody): Response {
    const delivery = new BodyDelivery({
      body,
      reader: this.#reader,
      signal: this.#controller.signal,
      isEarly: this.#isEarly,
      hasEnded: () => this.#hasEnded,
      next: () => this.#next(body),
      onComplete: () => this.#finish(),
      fail: (error) => this.#fail(error),
      onCancel: (reason) => this.abort(reason),
    });
    if (!connection.copy) return delivery.respond(connection);
    void this.#share(delivery.readCopy(connection.copy));
    return connection.response;
  }

  /** @param reading Settles when the copy of the response has been read. The caller reads the response itself. */
  async #share(reading: Promise<number | undefined>): Promise<void> {
    this.#isShared = true;
    try {
      const untouched = await reading;
      // An abort would end the body of the caller, too, which may not have been read yet.
      this.#source.release();
      if (untouched === undefined) this.#finish();
      else this.#passWhole(undefined, untouched);
    } catch (error) {
      this.#fail(error, true);
    }
  }

  #createLease(key: string): BodyLease {
    return createLease(this.#context, {
      url: this.url,
      key,
      partial: this.#partial,
      signal: this.#controller.signal,
      body: () => this.#body,
      isUnread: () => !this.#reader.isReading && !this.#hasEnded,
      onProgress: (report) => this.#listener.onProgress(report),
    });
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
      recover: (cause) => (this.#isShared ? Promise.reject(cause) : this.#recovery.recover(cause)),
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

  async #next(body: FileBody): ReturnType<FileBody['next']> {
    await this.#lease?.reacquire();
    return body.next();
  }

  /** Returns a response of `size` bytes that is on this device, unchanged. */
  #passWhole<T extends Response | undefined>(response: T, size: number): T {
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
    void this.#lease?.releaseAfter(() => this.#partial.keep(chunks, start));
  }

  #close(): ReturnType<ReconnectingSource['close']> {
    this.#hasEnded = true;
    this.#listener.onEnd();
    this.#unfollow();
    this.#reader.close();
    this.#check.close();
    return this.#body?.connections.close() ?? this.#source.end();
  }
}
