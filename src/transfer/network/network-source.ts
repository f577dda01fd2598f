// In: the body of one response. Out: chunks, ten times a second or per mebibyte; a failure after silence.
import type { Clock } from '../../core/index.js';
import { DeliveryTicker } from './delivery-ticker.js';
import type { Chunk } from './chunk.js';
import { Watchdog } from './watchdog.js';

/**
 * Bytes that are read ahead of whoever wants them. Browsers drop what they have not handed over
 * when an answer breaks; what waits here is not lost. More would only be memory.
 */
const READ_AHEAD = 4 * 1024 * 1024;

/** Bytes of the beginning that are remembered: enough to tell what it is. */
const FIRST = 64;

/** Bytes that are handed on at once. Fewer wait for the next beat, since each portion costs the same, whatever its size. */
const PORTION = 1024 * 1024;

/** What a {@link NetworkSource} depends on. */
export interface NetworkSourceOptions {
  /** Bytes of the body that come before those that are wanted. */
  readonly skip: number;
  /** Ends the connection's socket. */
  readonly controller: AbortController;
  /** How long a byte may take to come, in ms. Time in which no bytes are read does not count. */
  readonly timeout: number;
  readonly clock: Clock;
}

/** The bytes of one connection, from the one that was asked for on. */
export class NetworkSource {
  readonly #reader: ReadableStreamDefaultReader<Chunk>;
  readonly #controller: AbortController;
  readonly #watchdog: Watchdog;
  readonly #ticker: DeliveryTicker;
  readonly #onTick = (): void => {
    if (this.#queued === 0 || this.#isClosed) return;
    this.#isDue = true;
    this.#wakeReader?.();
  };
  #first: Chunk | undefined;
  #queue: Chunk[] = [];
  #queued = 0;
  #delivered = 0;
  // The first bytes are news, and wait for nothing.
  #isDue = true;
  #skip: number;
  #end: { readonly error: unknown } | 'done' | undefined;
  #isClosed = false;
  #wakePump: (() => void) | undefined;
  #wakeReader: (() => void) | undefined;

  constructor(body: ReadableStream<Chunk>, { skip, controller, timeout, clock }: NetworkSourceOptions) {
    this.#watchdog = new Watchdog(timeout, clock, (failure) => {
      this.#end = { error: failure };
      this.close();
    });
    this.#ticker = DeliveryTicker.of(clock);
    this.#reader = body.getReader();
    this.#controller = controller;
    this.#skip = skip;
    void this.#pump();
  }

  /** Bytes that are still to be skipped. */
  get skip(): number {
    return this.#skip;
  }

  /** Bytes that have been given to the reader, who may not have counted them yet. */
  get delivered(): number {
    return this.#delivered;
  }

  /** Whether the body has ended and all of it was read. */
  get isAtEnd(): boolean {
    return this.#end === 'done' && this.#queued === 0;
  }

  /** The next portion, or `undefined` at the end. Throws what broke the connection, after the last byte that came. */
  async read(): Promise<readonly Chunk[] | undefined> {
    return (await this.#until(() => this.#isPortion)) ? this.#takeQueue() : undefined;
  }

  /** The first bytes of the answer, also where they are to be skipped; `undefined` at the end of a body without any. */
  async peek(): Promise<Chunk | undefined> {
    await this.#until(() => this.#first !== undefined);
    return this.#first;
  }

  /** Resolves with whether all bytes that are to be skipped have come; `false` at the end of a body that is shorter. */
  isSkipped(): Promise<boolean> {
    return this.#until(() => this.#skip === 0);
  }

  /** What has come and was not read yet. */
  rest(): readonly Chunk[] {
    return this.#takeQueue();
  }

  /** Ends the connection at once. What has come can still be read. */
  close(): void {
    this.#isClosed = true;
    this.#controller.abort();
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

  /** Waits until bytes are there as `isReady` says; resolves with `false` at the end of the body. */
  async #until(isReady: () => boolean): Promise<boolean> {
    for (;;) {
      if (isReady()) return true;
      if (this.#end === 'done') return false;
      if (this.#end) throw this.#end.error;
      await new Promise<void>((resolve) => (this.#wakeReader = resolve));
    }
  }

  #takeQueue(): readonly Chunk[] {
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
        this.#watchdog.expect();
        const { done, value } = await this.#reader.read();
        this.#watchdog.rest();
        if (done) break;
        this.#add(value);
        while (this.#isFull) await new Promise<void>((resolve) => (this.#wakePump = resolve));
      }
      this.#end ??= this.#isClosed ? { error: new DOMException('The connection was closed.', 'AbortError') } : 'done';
    } catch (error) {
      this.#end ??= { error };
    }
    this.#watchdog.close();
    if (this.#queued === 0 || this.#isClosed) this.#ticker.cancel(this.#onTick);
    this.#wakeReader?.();
  }

  #add(chunk: Chunk): void {
    if (!this.#first && chunk.length > 0) {
      this.#first = chunk.slice(0, FIRST);
      this.#wakeReader?.();
    }
    const bytes = this.#skip > 0 ? chunk.subarray(Math.min(this.#skip, chunk.length)) : chunk;
    this.#skip -= chunk.length - bytes.length;
    if (this.#skip === 0 && bytes.length < chunk.length) this.#wakeReader?.();
    if (bytes.length === 0) return;
    this.#queue.push(bytes);
    this.#queued += bytes.length;
    this.#ticker.schedule(this.#onTick);
    if (this.#isPortion) this.#wakeReader?.();
  }
}
