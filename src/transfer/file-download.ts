import { DownloadFailure } from '../core/index.js';
import { abortable, follow } from './abortable.js';
import { BodyCheck } from './body-check.js';
import { lengthOf, type Chunk } from './chunk.js';
import { ResponseFailure, type DownloadRequest } from './connection.js';
import type { FileDownloadContext, FileProgressReport } from './file-download-context.js';
import { isProven, mayBeSame, type FileVersion } from './file-version.js';
import { KeptBytes } from './kept-bytes.js';
import { Line } from './line.js';
import { openFile } from './open-file.js';
import { Turn } from './turn.js';

/** One answer to one call of `fetch`: a single body, whatever happens to the connections behind it. */
export class FileDownload {
  readonly url: string;

  readonly #context: FileDownloadContext;
  readonly #controller = new AbortController();
  readonly #unfollow: () => void;
  readonly #turn: Turn;
  readonly #line: Line;
  readonly #check: BodyCheck;
  readonly #kept: KeptBytes;
  #version: FileVersion = { total: undefined, validator: undefined };
  #loaded = 0;
  #stored = 0;
  #hasEnded = false;
  #isSpliced = false;

  /** @param signals End the download when they abort. */
  constructor(request: DownloadRequest, context: FileDownloadContext, signals: readonly (AbortSignal | null | undefined)[]) {
    this.url = request.url;
    this.#context = context;
    this.#unfollow = follow(this.#controller, signals);
    const { signal } = this.#controller;
    signal.addEventListener('abort', () => void this.#end(), { once: true });
    this.#line = new Line({ ...context, request, signal });
    this.#check = new BodyCheck({ ...context, url: request.url, init: request.init, integrity: request.init.integrity });
    this.#kept = new KeptBytes(context);
    this.#turn = new Turn({
      ...context,
      url: request.url,
      signal,
      onPause: () => this.#tell('waiting'),
      onFollow: ({ loaded, total }) => context.tell({ phase: 'receiving', loaded, stored: 0, total }),
    });
  }

  /** Whether it is over: read to its end, broken for good, or aborted. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether somebody else downloads the file, and this one waits for it. */
  get isFollowing(): boolean {
    return this.#turn.isFollowing;
  }

  /** The answer, once its first connection, or what is held, says what the file is. */
  async open(): Promise<Response> {
    try {
      const response = await this.#begin();
      if (response instanceof Response) await this.#end();
      return response instanceof Response ? response : this.#respond(response.headers);
    } catch (error) {
      throw await this.#break(error);
    }
  }

  /** Closes the connection at once; the gate says when it goes on. What has come is still read. */
  pause(): void {
    this.#line.interrupt();
  }

  /** Ends the download with `reason`. What is here stays held. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** Forgets what is held of the file, and keeps nothing more of it. */
  async discard(): Promise<void> {
    await this.#kept.drop();
    await this.#context.store.delete(this.url);
  }

  /** An answer that is passed on as it is, or the headers of the one that is made. */
  async #begin(): Promise<Response | { headers: Headers }> {
    for (;;) {
      try {
        const waited = await this.#turn.take();
        const whole = waited ? await this.#context.readWhole(this.url) : undefined;
        if (whole) return this.#takeWhole(whole);
        return { headers: await this.#start() };
      } catch (cause) {
        if (cause instanceof ResponseFailure && !mayPass(cause)) {
          this.#line.release();
          return cause.response;
        }
        await this.#recover(cause);
      }
    }
  }

  async #start(): Promise<Headers> {
    this.#check.begin();
    const opened = await openFile({ ...this.#context, url: this.url, line: this.#line, check: this.#check });
    const { version, held } = opened;
    this.#version = { total: version.total, validator: version.validator };
    this.#kept.open({ url: this.url, ...this.#version }, 0, held);
    this.#isSpliced = held > 0;
    this.#controller.signal.throwIfAborted();
    const headers = new Headers();
    for (const name of ['Content-Type', 'ETag', 'Last-Modified']) {
      const value = opened.headers.get(name);
      if (value) headers.set(name, value);
    }
    if (version.total !== undefined) headers.set('Content-Length', String(version.total));
    return headers;
  }

  #respond(headers: Headers): Response {
    const body = new ReadableStream<Uint8Array>(
      {
        pull: async (stream) => {
          try {
            const chunks = await this.#next();
            for (const chunk of chunks ?? []) stream.enqueue(chunk);
            if (!chunks) stream.close();
          } catch (error) {
            throw await this.#break(error);
          }
        },
        cancel: (reason) => this.abort(reason),
      },
      { highWaterMark: 0 },
    );
    return new Response(body, { status: 200, headers });
  }

  /** The next bytes of the body, checked and kept, or `undefined` at its end. */
  async #next(): Promise<readonly Chunk[] | undefined> {
    const piece = await this.#read();
    const { total } = this.#version;
    if (!piece) {
      await this.#finish();
      return undefined;
    }
    const { chunks, isKept, isHeld } = piece;
    const length = lengthOf(chunks);
    this.#loaded += length;
    if (isHeld) this.#stored += length;
    if (!isKept) await this.#kept.write(chunks);
    await this.#check.update(chunks);
    if (total !== undefined && this.#loaded > total) {
      throw await this.#refuse('corrupt', `The server sent more than the ${total} bytes it had told`);
    }
    // The last bytes are not given away before the whole is known to be right.
    if (this.#loaded === total) await this.#verify();
    // Nobody reads the connection while bytes are read from disk: those that wait in it would be lost with it.
    const aside = isKept ? await this.#kept.setAside(this.#line.rest()) : 0;
    if (this.#loaded !== total) this.#tell(isKept && aside === 0 ? 'waiting' : 'receiving');
    else this.#tell('done');
    return chunks;
  }

  async #read(): Promise<Piece | undefined> {
    const { total } = this.#version;
    for (;;) {
      this.#controller.signal.throwIfAborted();
      if (this.#loaded === total) return undefined;
      try {
        const kept = await this.#kept.read();
        // What is open now begins behind the gap.
        if (kept === 'gap') this.#line.close();
        else if (kept) return { chunks: [kept.bytes], isHeld: kept.isHeld, isKept: true };
        if (!this.#line.isOpen && !(await this.#reconnect())) continue;
        const chunks = await this.#line.read();
        if (chunks) return { chunks, isKept: false, isHeld: false };
        if (total === undefined) return undefined;
        throw new DownloadFailure('network', `The body ended after ${this.#loaded} of ${total} bytes`);
      } catch (cause) {
        if (isAboutBytes(cause)) throw await this.#refuse(cause.code, cause.message);
        await this.#recover(cause);
      }
    }
  }

  /** Opens the next connection, and returns whether it did: what another tab has kept meanwhile comes first. */
  async #reconnect(): Promise<boolean> {
    const { store } = this.#context;
    if (await this.#turn.take()) {
      const held = await store.find(this.url);
      if (held && held.length > this.#loaded && isProven(held, this.#version)) {
        this.#kept.open({ url: this.url, ...this.#version }, this.#loaded, held.length);
        this.#isSpliced = true;
        return false;
      }
    }
    this.#isSpliced ||= this.#loaded > 0;
    const connection = await this.#line.open(this.#loaded);
    if (!connection) throw new DownloadFailure('changed', `The file ends at ${this.#loaded} bytes now`);
    const same = isProven(this.#version, connection) || (mayBeSame(this.#version, connection) && (await this.#check.isKnown()));
    if (!same) throw new DownloadFailure('changed', 'The file on the server is not, or cannot be shown to be, the one that was begun');
    return true;
  }

  async #recover(cause: unknown): Promise<void> {
    const { signal } = this.#controller;
    if (cause instanceof ResponseFailure) await cause.response.body?.cancel();
    this.#line.close();
    await this.#kept.flush();
    signal.throwIfAborted();
    // A connection that a pause closed has not failed, even if the pause is over by now.
    if (this.#line.wasInterrupted()) return;
    this.#tell('waiting');
    await abortable(this.#context.recover(cause), signal);
  }

  async #verify(): Promise<void> {
    const verdict = await this.#check.verdict({ length: this.#loaded, isSpliced: this.#isSpliced });
    if (typeof verdict === 'object') throw await this.#refuse('corrupt', verdict.wrong);
    // Its own copy is not whole; the caller's needs the room.
    if (this.#kept.isFull) await this.#context.store.delete(this.url);
  }

  /** Drops what is held of bytes that must not be given to anybody, and says why. */
  async #refuse(code: 'corrupt' | 'changed', message: string): Promise<DownloadFailure> {
    this.#line.close();
    await this.discard();
    return new DownloadFailure(code, `${message}: ${this.url}`);
  }

  /** Ends a broken download, and returns what whoever reads it is told. */
  async #break(error: unknown): Promise<unknown> {
    const { signal } = this.#controller;
    await this.#end();
    if (signal.aborted) return signal.reason;
    this.#context.onFailure(error);
    return error;
  }

  async #finish(): Promise<void> {
    if (this.#version.total === undefined) {
      this.#version = { ...this.#version, total: this.#loaded };
      this.#tell('done');
    }
    // Whoever waits for this file finds it whole.
    if (await this.#turn.isWanted()) await this.#kept.flush();
    await this.#end(false);
  }

  async #end(keeps = true): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#unfollow();
    const rest = this.#line.close();
    this.#check.close();
    if (keeps) {
      await this.#kept.write(rest);
      await this.#kept.flush();
    } else void this.#kept.drop();
    this.#turn.leave();
  }

  #takeWhole(response: Response): Response {
    const size = Number(response.headers.get('Content-Length') ?? 0);
    this.#context.tell({ phase: 'done', loaded: size, stored: size, total: size });
    return response;
  }

  #tell(phase: FileProgressReport['phase']): void {
    // One that was aborted may still have been on its way here.
    if (this.#hasEnded) return;
    const { tell, channel, clock } = this.#context;
    const { total } = this.#version;
    const loaded = this.#loaded + this.#kept.ahead;
    tell({ phase, loaded, stored: this.#stored, total });
    channel.tell({ url: this.url, loaded, total }, clock.now());
  }
}

/** A run of bytes of a body. */
interface Piece {
  readonly chunks: readonly Chunk[];
  /** Whether the store has them, so that they need not be written. */
  readonly isKept: boolean;
  /** Whether an earlier visit, or another tab, has brought them. */
  readonly isHeld: boolean;
}

/** Whether an error status may be another one next time, so that the caller need not see it. */
function mayPass({ httpStatus = 0 }: ResponseFailure): boolean {
  return httpStatus === 408 || httpStatus === 425 || httpStatus === 429 || httpStatus >= 500;
}

/** Whether a failure says that the bytes themselves are wrong, which no further connection mends. */
function isAboutBytes(cause: unknown): cause is DownloadFailure & { code: 'corrupt' | 'changed' } {
  return cause instanceof DownloadFailure && (cause.code === 'corrupt' || cause.code === 'changed');
}
