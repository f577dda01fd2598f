// In: the body of one response. Out: chunks, ten times a second or per mebibyte; a failure while its server is silent.
import type { Clock } from '../../core/index.js';
import { DeliveryTicker } from './delivery-ticker.js';
import type { Chunk } from './chunk.js';
import { Silence } from './silence.js';
import type { StallLimit } from './stall-limit.js';

/**
 * Bytes that are read before the reader requests them. Browsers drop the bytes that they have not delivered when a
 * connection breaks; those in this queue are not lost. A longer queue would only cost memory.
 */
const READ_AHEAD = 4 * 1024 * 1024;

/** The number of first bytes that are kept, to recognize an HTML page. */
const FIRST = 64;

/** Bytes that are delivered at once. Fewer wait for the next tick, since each portion costs the same whatever its size. */
const PORTION = 1024 * 1024;

/** Settings of a {@link NetworkSource}. */
export interface NetworkSourceOptions {
  /** Bytes of the body that precede the requested ones. */
  readonly skip: number;
  /** Closes the connection. */
  readonly controller: AbortController;
  /** How long a byte may take to arrive. Time in which no bytes are read does not count. */
  readonly stall: StallLimit;
  readonly clock: Clock;
  /** Called if the body fails before its first byte. */
  readonly onEmptyFailure?: (() => void) | undefined;
  /** Called once no more bytes arrive. */
  readonly onEnd?: (() => void) | undefined;
}

/** Reads the bytes of one connection from the requested one on. */
export class NetworkSource {
  readonly #reader: ReadableStreamDefaultReader<Chunk>;
  readonly #controller: AbortController;
  readonly #silence: Silence;
  readonly #ticker: DeliveryTicker;
  readonly #onEmptyFailure: (() => void) | undefined;
  readonly #onEnd: (() => void) | undefined;
  readonly #onTick = (): void => {
    if (this.#queued === 0 || this.#isClosed) return;
    this.#isDue = true;
    this.#wakeReaders();
  };
  #first: Chunk | undefined;
  #queue: Chunk[] = [];
  #queued = 0;
  #delivered = 0;
  // The first bytes are delivered at once.
  #isDue = true;
  #skip: number;
  #end: { readonly error: unknown } | 'done' | undefined;
  #isClosed = false;
  #wakePump: (() => void) | undefined;
  readonly #readers = new Set<() => void>();

  constructor(body: ReadableStream<Chunk>, options: NetworkSourceOptions) {
    const { skip, controller, stall, clock } = options;
    this.#onEmptyFailure = options.onEmptyFailure;
    this.#onEnd = options.onEnd;
    this.#silence = new Silence(stall, clock, {
      onSilent: () => {
        if (!this.#first) this.#onEmptyFailure?.();
        this.#wakeReaders();
      },
      onHopeless: (failure) => {
        this.#fail(failure);
        this.close();
      },
      onOver: () => this.#wakeReaders(),
    });
    this.#ticker = DeliveryTicker.of(clock);
    this.#reader = body.getReader();
    this.#controller = controller;
    this.#skip = skip;
    void this.#pump();
  }

  /** Bytes that remain to be skipped. */
  get skip(): number {
    return this.#skip;
  }

  /** Bytes that have been delivered to the reader, which may not have counted them yet. */
  get delivered(): number {
    return this.#delivered;
  }

  /** Bytes that have arrived, without those that are skipped. */
  get arrived(): number {
    return this.#delivered + this.#queued;
  }

  /** Whether the body has ended and all of it was read. */
  get isAtEnd(): boolean {
    return this.#end === 'done' && this.#queued === 0;
  }

  /** Whether the server is silent for so long that reading throws. The connection is open: it may deliver again. */
  get isSilent(): boolean {
    return this.#silence.failure !== undefined;
  }

  /** Whether the connection is broken, and all of its bytes have been read. */
  get isBroken(): boolean {
    return typeof this.#end === 'object' && this.#queued === 0;
  }

  /**
   * Resolves with the next portion; `undefined` at the end. After the last byte that arrived, rejects with the error that broke the
   * connection, or with a failure of the code `timeout` while the server is silent.
   */
  async read(): Promise<readonly Chunk[] | undefined> {
    return (await this.#until(() => this.#isPortion)) ? this.#drainQueue() : undefined;
  }

  /** Resolves when a silent server delivers again, or its connection has ended. */
  async endOfSilence(): Promise<void> {
    while (this.isSilent) await this.#change();
  }

  /** Lets the reader of a silent connection wait for its next byte. */
  resume(): void {
    this.#silence.resume();
  }

  /**
   * Resolves with whether bytes can be read: `false` once the response has ended, failed or become silent, or its connection was
   * closed, and no bytes of it are left. Never rejects: {@link read} still throws the error.
   */
  arrival(): Promise<boolean> {
    return this.#until(() => this.#isPortion).catch(() => false);
  }

  /** Resolves with the first bytes of the response, even if they are to be skipped; `undefined` for an empty body. */
  async peek(): Promise<Chunk | undefined> {
    await this.#until(() => this.#first !== undefined);
    return this.#first;
  }

  /** Resolves with whether all bytes to be skipped have arrived; `false` at the end of a shorter body. */
  isSkipped(): Promise<boolean> {
    return this.#until(() => this.#skip === 0);
  }

  /** Returns the bytes that have arrived and were not read, which then count as read. */
  rest(): readonly Chunk[] {
    return this.#drainQueue();
  }

  /** Closes the connection at once. Bytes that have arrived can still be read. */
  close(): void {
    this.#isClosed = true;
    // The caller may still read another copy of a body that has arrived whole.
    if (this.#end !== 'done') this.#controller.abort();
    this.#reader.cancel().catch(() => undefined);
    this.#ticker.cancel(this.#onTick);
    this.#wakePump?.();
  }

  get #isFull(): boolean {
    return this.#queued >= READ_AHEAD && !this.#isClosed;
  }

  get #isPortion(): boolean {
    return this.#queued >= PORTION || (this.#queued > 0 && (this.#isDue || this.#end !== undefined));
  }

  /** Resolves with `true` once `isReady` returns it, and with `false` at the end of the body. */
  async #until(isReady: () => boolean): Promise<boolean> {
    for (;;) {
      if (isReady()) return true;
      if (this.#end === 'done') return false;
      if (this.#end) throw this.#end.error;
      if (this.#silence.failure) throw this.#silence.failure;
      await this.#change();
    }
  }

  /** Resolves when bytes have arrived, or the connection has ended or become silent. */
  #change(): Promise<void> {
    return new Promise((resolve) => this.#readers.add(resolve));
  }

  #wakeReaders(): void {
    for (const wake of this.#readers) wake();
    this.#readers.clear();
  }

  #drainQueue(): readonly Chunk[] {
    const chunks = this.#queue;
    this.#delivered += this.#queued;
    this.#queue = [];
    this.#queued = 0;
    this.#isDue = false;
    this.#wakePump?.();
    return chunks;
  }

  async #pump(): Promise<void> {
    try {
      while (!this.#isClosed) {
        this.#silence.expect();
        const { done, value } = await this.#reader.read();
        this.#silence.end();
        if (done) break;
        this.#add(value);
        while (this.#isFull) await new Promise<void>((resolve) => (this.#wakePump = resolve));
      }
      this.#end ??= this.#isClosed ? { error: new DOMException('The connection was closed.', 'AbortError') } : 'done';
    } catch (error) {
      this.#fail(error);
    }
    this.#silence.close();
    if (this.#queued === 0 || this.#isClosed) this.#ticker.cancel(this.#onTick);
    this.#wakeReaders();
    this.#onEnd?.();
  }

  #fail(error: unknown): void {
    if (!this.#end && !this.#isClosed && !this.#first) this.#onEmptyFailure?.();
    this.#end ??= { error };
  }

  #add(chunk: Chunk): void {
    if (!this.#first && chunk.length > 0) {
      this.#first = chunk.slice(0, FIRST);
      this.#wakeReaders();
    }
    const bytes = this.#skip > 0 ? chunk.subarray(Math.min(this.#skip, chunk.length)) : chunk;
    this.#skip -= chunk.length - bytes.length;
    if (this.#skip === 0 && bytes.length < chunk.length) this.#wakeReaders();
    if (bytes.length === 0) return;
    this.#queue.push(bytes);
    this.#queued += bytes.length;
    this.#ticker.schedule(this.#onTick);
    if (this.#isPortion) this.#wakeReaders();
  }
}
