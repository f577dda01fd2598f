import { DownloadFailure, type Clock } from '../core/index.js';
import { abortable, follow } from './abortable.js';
import { BodyHash } from './body-hash.js';
import { connect, ResponseFailure, type Connection, type DownloadRequest } from './connection.js';
import { lockName, type FileLock } from './file-lock.js';
import { isProven, mayBeSame, type FileVersion } from './file-version.js';
import type { Gate } from './gate.js';
import { NetworkSource } from './network-source.js';
import type { PartialFile, PartialStore } from './partial-store.js';
import type { FollowedProgress, ProgressChannel } from './progress-channel.js';
import { isPage } from './response-headers.js';
import { SegmentWriter } from './segment-writer.js';
import { watch } from './watchdog.js';

/** When the hash of a body is due: never, always, or where it came in several pieces or from disk. */
export type VerifyMode = 'spliced' | 'always' | 'never';

/** What is known of a file beside its address. */
export interface KnownFile {
  /** Bytes; `undefined` while unknown. */
  readonly size: number | undefined;
  /** SHA-256 as 64 hexadecimal digits; `undefined` where nobody says. */
  readonly sha256: string | undefined;
}

/** How far one file is. */
export interface FileProgressReport {
  readonly phase: 'waiting' | 'receiving' | 'done';
  readonly loaded: number;
  readonly stored: number;
  readonly total: number | undefined;
}

/** What a download needs of those around it. */
export interface FileDownloadContext {
  readonly store: PartialStore;
  readonly lock: FileLock;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly channel: ProgressChannel;
  readonly namespace: string;
  readonly segmentSize: number;
  readonly stallTimeout: number;
  readonly verify: VerifyMode;
  readonly lookUp: (url: string) => Promise<KnownFile | undefined>;
  /** The file where the caller keeps whole ones; `undefined` when it is not there. */
  readonly readWhole: (url: string) => Promise<Response | undefined>;
  readonly recover: (cause: unknown) => Promise<void>;
  readonly tell: (report: FileProgressReport) => void;
  /** Called when it is broken for good. */
  readonly onFailure: (cause: unknown) => void;
  /** Called when what comes cannot be kept. */
  readonly onFull: (cause: unknown) => void;
}

/** One answer to one call of `fetch`: a single body, whatever happens to the connections behind it. */
export class FileDownload {
  readonly #request: DownloadRequest;
  readonly #context: FileDownloadContext;
  readonly #controller = new AbortController();
  readonly #unfollow: () => void;
  readonly #file: { readonly url: string };
  #version: FileVersion = { total: undefined, validator: undefined };
  #release: (() => void) | undefined;
  #connecting: AbortController | undefined;
  #source: NetworkSource | undefined;
  #replay: AsyncIterator<Uint8Array<ArrayBuffer>> | undefined;
  #writer: SegmentWriter | undefined;
  #hash: BodyHash | undefined;
  /** Whether a request was made before, or something was held: then the browser's own cache is passed by. */
  #isFresh = false;
  #loaded = 0;
  #stored = 0;
  #isInterrupted = false;
  #hasEnded = false;

  /** @param signals End the download when they abort. */
  constructor(request: DownloadRequest, context: FileDownloadContext, signals: readonly (AbortSignal | null | undefined)[]) {
    this.#request = request;
    this.#context = context;
    this.#file = { url: request.url };
    this.#unfollow = follow(this.#controller, signals);
    this.#controller.signal.addEventListener('abort', () => void this.#end(), { once: true });
  }

  get url(): string {
    return this.#request.url;
  }

  /** Whether it is over: read to its end, broken for good, or aborted. */
  get hasEnded(): boolean {
    return this.#hasEnded;
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
    this.#isInterrupted = this.#connecting !== undefined;
    this.#connecting?.abort();
    this.#source?.close();
  }

  /** Ends the download with `reason`. What is here stays held. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** Forgets what is held of the file, and keeps nothing more of it. */
  async discard(): Promise<void> {
    await this.#writer?.drop();
    await this.#context.store.delete(this.url);
  }

  /** An answer that is passed on as it is, or the headers of the one that is made. */
  async #begin(): Promise<Response | { headers: Headers }> {
    for (;;) {
      try {
        const waited = await this.#pass();
        const whole = waited ? await this.#context.readWhole(this.url) : undefined;
        if (whole) return this.#takeWhole(whole);
        return { headers: await this.#start() };
      } catch (cause) {
        if (cause instanceof ResponseFailure && !mayPass(cause)) return cause.response;
        await this.#recover(cause);
      }
    }
  }

  async #start(): Promise<Headers> {
    const { store, lookUp } = this.#context;
    const held = await store.find(this.url);
    const isWhole = held !== undefined && held.length === held.total;
    const first = isWhole ? undefined : await this.#connectFirst(held);
    const { connection, start = held?.length ?? 0 } = first ?? {};
    const { total, validator } = connection ?? held ?? this.#version;
    const size = total ?? held?.total ?? (connection ? (await lookUp(this.url))?.size : start);
    this.#version = { total: size, validator: validator ?? held?.validator };
    this.#openWriter(start);
    if (start > 0) {
      this.#replay = store.read(this.url, 0, start)[Symbol.asyncIterator]();
      await this.#prepareHash('spliced');
    } else await this.#prepareHash('always');
    const headers = new Headers();
    for (const name of ['Content-Type', 'ETag', 'Last-Modified']) {
      const value = connection?.response.headers.get(name);
      if (value) headers.set(name, value);
    }
    if (size !== undefined) headers.set('Content-Length', String(size));
    return headers;
  }

  /** Connects behind what is held, or at the start where that is of another version. */
  async #connectFirst(held: PartialFile | undefined): Promise<{ connection: Connection | undefined; start: number }> {
    const start = held?.length ?? 0;
    try {
      const connection = await this.#connect(start);
      const proven = !held || !connection || isProven(held, connection);
      const provable = proven || (mayBeSame(held, connection) && (await this.#knowsHash()));
      if (provable) return { connection, start };
    } catch (cause) {
      if (!(cause instanceof DownloadFailure && cause.code === 'changed')) throw cause;
    }
    this.#closeConnection();
    await this.#context.store.delete(this.url);
    return { connection: await this.#connect(0), start: 0 };
  }

  async #connect(start: number): Promise<Connection | undefined> {
    const { clock, stallTimeout } = this.#context;
    this.#controller.signal.throwIfAborted();
    const controller = new AbortController();
    this.#connecting = controller;
    const settings = { start, fresh: this.#isFresh || start > 0, signal: controller.signal };
    this.#isFresh = true;
    const connection = await watch(connect(this.#request, settings), stallTimeout, clock, () => controller.abort());
    if (!connection) return undefined;
    if (isPage(connection.response, this.url)) {
      controller.abort();
      throw new DownloadFailure('corrupt', 'The server sent a page in place of the file');
    }
    this.#source = new NetworkSource(connection, controller, stallTimeout, clock);
    return connection;
  }

  #respond(headers: Headers): Response {
    const body = new ReadableStream<Uint8Array>(
      {
        pull: async (stream) => {
          try {
            const chunk = await this.#next();
            if (chunk) stream.enqueue(chunk);
            else stream.close();
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
  async #next(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const piece = await this.#read();
    const { total } = this.#version;
    if (!piece) {
      await this.#finish();
      return undefined;
    }
    const { bytes, isStored } = piece;
    this.#loaded += bytes.length;
    if (isStored) this.#stored += bytes.length;
    else await this.#writer?.write(bytes);
    await this.#hash?.update(bytes);
    if (total !== undefined && this.#loaded > total) {
      throw await this.#refuse('corrupt', `The server sent more than the ${total} bytes it had told`);
    }
    // The last bytes are not given away before the whole is known to be right.
    if (this.#loaded === total) await this.#verify();
    if (this.#loaded !== total) this.#tell(isStored ? 'waiting' : 'receiving');
    else this.#tell('done');
    return bytes;
  }

  async #read(): Promise<{ bytes: Uint8Array<ArrayBuffer>; isStored: boolean } | undefined> {
    const { total } = this.#version;
    for (;;) {
      this.#controller.signal.throwIfAborted();
      if (this.#loaded === total) return undefined;
      try {
        const stored = await this.#readStored();
        if (stored) return { bytes: stored, isStored: true };
        if (!this.#source && !(await this.#reconnect())) continue;
        const bytes = await this.#source?.read();
        if (bytes) return { bytes, isStored: false };
        this.#source = undefined;
        if (total === undefined) return undefined;
        throw new DownloadFailure('network', `The body ended after ${this.#loaded} of ${total} bytes`);
      } catch (cause) {
        if (isAboutBytes(cause)) throw await this.#refuse(cause.code, cause.message);
        await this.#recover(cause);
      }
    }
  }

  async #readStored(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const step = await this.#replay?.next();
    if (step && !step.done) return step.value;
    this.#replay = undefined;
    return undefined;
  }

  /** Opens the next connection, and returns whether it did: what another tab has kept meanwhile comes first. */
  async #reconnect(): Promise<boolean> {
    const { store } = this.#context;
    if (await this.#pass()) {
      const held = await store.find(this.url);
      if (held && held.length > this.#loaded && isProven(held, this.#version)) {
        this.#openWriter(held.length);
        await this.#prepareHash('spliced');
        this.#replay = store.read(this.url, this.#loaded, held.length)[Symbol.asyncIterator]();
        return false;
      }
    }
    await this.#prepareHash('spliced');
    const connection = await this.#connect(this.#loaded);
    if (!connection) throw new DownloadFailure('changed', `The file ends at ${this.#loaded} bytes now`);
    const same = isProven(this.#version, connection) || (mayBeSame(this.#version, connection) && this.#hash);
    if (!same) throw new DownloadFailure('changed', 'The file on the server is not, or cannot be shown to be, the one that was begun');
    return true;
  }

  /** Waits until it is not paused and it is this download's turn; returns whether it had to wait. */
  async #pass(): Promise<boolean> {
    const { gate, lock, namespace, channel } = this.#context;
    const { signal } = this.#controller;
    let waited = false;
    while (!this.#release || gate.isClosed) {
      if (gate.isClosed) {
        waited = true;
        this.#leave();
        this.#tell('waiting');
        await abortable(gate.pass(), signal);
        continue;
      }
      let unfollow: (() => void) | undefined;
      const onWait = (): void => {
        waited = true;
        unfollow = channel.follow(this.url, (progress) => this.#tellFollowed(progress));
      };
      this.#release = await lock.acquire(lockName(namespace, this.url), signal, onWait);
      unfollow?.();
    }
    return waited;
  }

  async #recover(cause: unknown): Promise<void> {
    const { signal } = this.#controller;
    if (cause instanceof ResponseFailure) await cause.response.body?.cancel();
    this.#closeConnection();
    await this.#writer?.flush();
    signal.throwIfAborted();
    // A connection that a pause closed has not failed, even if the pause is over by now.
    const wasInterrupted = this.#isInterrupted;
    this.#isInterrupted = false;
    if (wasInterrupted) return;
    this.#tell('waiting');
    await abortable(this.#context.recover(cause), signal);
  }

  /** The hash is due from the first byte on, or from the first piece that does not come from the same answer. */
  async #prepareHash(due: 'always' | 'spliced'): Promise<void> {
    const { verify, store } = this.#context;
    const isDue = verify === 'always' || (verify === 'spliced' && due === 'spliced');
    if (!isDue || this.#hash || !(await this.#knowsHash())) return;
    // Bytes that could not be kept cannot be read back.
    if (this.#writer?.isFull && this.#loaded > 0) return;
    await this.#writer?.flush();
    this.#hash = new BodyHash(store, this.url, this.#loaded);
  }

  async #knowsHash(): Promise<boolean> {
    if (this.#context.verify === 'never') return false;
    return (await this.#context.lookUp(this.url))?.sha256 !== undefined;
  }

  async #verify(): Promise<void> {
    if (this.#writer?.isFull) {
      // Its own copy is not whole; the caller's needs the room.
      await this.#context.store.delete(this.url);
    }
    if (!this.#hash) return;
    const { sha256 } = (await this.#context.lookUp(this.url)) ?? {};
    const hash = await this.#hash.digest().catch(() => undefined);
    if (hash !== sha256) throw await this.#refuse('corrupt', `The file has the SHA-256 ${hash ?? 'of nothing'}, not ${sha256 ?? 'none'}`);
  }

  /** Drops what is held of bytes that must not be given to anybody, and says why. */
  async #refuse(code: 'corrupt' | 'changed', message: string): Promise<DownloadFailure> {
    this.#closeConnection();
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
    if (await this.#context.lock.isWanted(lockName(this.#context.namespace, this.url))) await this.#writer?.flush();
    await this.#end(false);
  }

  async #end(keeps = true): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#unfollow();
    const source = this.#source;
    this.#closeConnection();
    this.#hash?.close();
    if (keeps) {
      for (const bytes of source?.rest() ?? []) await this.#writer?.write(bytes);
      await this.#writer?.flush();
    }
    this.#leave();
  }

  #openWriter(start: number): void {
    const { store, clock, segmentSize, onFull } = this.#context;
    this.#writer = new SegmentWriter({ ...this.#file, ...this.#version }, start, { store, clock, segmentSize, onFull });
  }

  #closeConnection(): void {
    this.#connecting?.abort();
    this.#source?.close();
    this.#connecting = undefined;
    this.#source = undefined;
  }

  #leave(): void {
    this.#release?.();
    this.#release = undefined;
  }

  #takeWhole(response: Response): Response {
    const size = Number(response.headers.get('Content-Length') ?? 0);
    this.#context.tell({ phase: 'done', loaded: size, stored: size, total: size });
    return response;
  }

  #tell(phase: FileProgressReport['phase']): void {
    const { total } = this.#version;
    const report = { phase, loaded: this.#loaded, stored: this.#stored, total };
    this.#context.tell(report);
    this.#context.channel.tell({ url: this.url, loaded: report.loaded, total });
  }

  #tellFollowed({ loaded, total }: FollowedProgress): void {
    this.#context.tell({ phase: 'receiving', loaded, stored: 0, total });
  }
}

/** Whether an error status may be another one next time, so that the caller need not see it. */
function mayPass({ httpStatus = 0 }: ResponseFailure): boolean {
  return httpStatus === 408 || httpStatus === 425 || httpStatus === 429 || httpStatus >= 500;
}

/** Whether a failure says that the bytes themselves are wrong, which no further connection mends. */
function isAboutBytes(cause: unknown): cause is DownloadFailure & { code: 'corrupt' | 'changed' } {
  return cause instanceof DownloadFailure && (cause.code === 'corrupt' || cause.code === 'changed');
}
