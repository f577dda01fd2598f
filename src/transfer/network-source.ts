import type { Clock } from '../core/index.js';
import type { Connection } from './connection.js';
import { Watchdog } from './watchdog.js';

/**
 * Bytes that are read ahead of whoever wants them. Browsers drop what they have not handed over
 * when an answer breaks; what waits here is not lost. More would only be memory.
 */
const READ_AHEAD = 4 * 1024 * 1024;

type Chunk = Uint8Array<ArrayBuffer>;

/** The bytes of one connection, from the one that was asked for on. */
export class NetworkSource {
  readonly #reader: ReadableStreamDefaultReader<Chunk>;
  readonly #controller: AbortController;
  readonly #watchdog: Watchdog;
  readonly #queue: Chunk[] = [];
  #queued = 0;
  #skip: number;
  #end: { readonly error: unknown } | 'done' | undefined;
  #isClosed = false;
  #wakePump: (() => void) | undefined;
  #wakeReader: (() => void) | undefined;

  /**
   * @param controller Ends the connection's socket.
   * @param timeout How long a byte may take to come, in ms. Time in which nobody reads does not count.
   */
  constructor({ response, skip }: Connection, controller: AbortController, timeout: number, clock: Clock) {
    if (!response.body) throw new TypeError('The answer has no body');
    this.#watchdog = new Watchdog(timeout, clock, (failure) => {
      this.#end = { error: failure };
      this.close();
    });
    this.#reader = response.body.getReader();
    this.#controller = controller;
    this.#skip = skip;
    void this.#pump();
  }

  /** The next bytes, or `undefined` at the end. Throws what broke the connection, after the last byte that came. */
  async read(): Promise<Chunk | undefined> {
    for (;;) {
      const chunk = this.#take();
      if (chunk) return chunk;
      if (this.#end === 'done') return undefined;
      if (this.#end) throw this.#end.error;
      await new Promise<void>((resolve) => (this.#wakeReader = resolve));
    }
  }

  /** What has come and was not read yet. */
  *rest(): Iterable<Chunk> {
    for (let chunk = this.#take(); chunk; chunk = this.#take()) yield chunk;
  }

  /** Ends the connection at once. What has come can still be read. */
  close(): void {
    this.#isClosed = true;
    this.#controller.abort();
    this.#reader.cancel().catch(() => undefined);
    this.#wakePump?.();
  }

  #take(): Chunk | undefined {
    const chunk = this.#queue.shift();
    if (!chunk) return undefined;
    this.#queued -= chunk.length;
    this.#wakePump?.();
    return chunk;
  }

  async #pump(): Promise<void> {
    try {
      while (!this.#isClosed) {
        this.#watchdog.expect();
        const { done, value } = await this.#reader.read();
        this.#watchdog.rest();
        if (done) break;
        this.#add(value);
        await this.#room();
      }
      this.#end ??= this.#isClosed ? { error: new DOMException('The connection was closed.', 'AbortError') } : 'done';
    } catch (error) {
      this.#end ??= { error };
    }
    this.#watchdog.close();
    this.#wakeReader?.();
  }

  /** Resolves when there is room for more, or no more is wanted. */
  async #room(): Promise<void> {
    while (this.#queued >= READ_AHEAD && !this.#isClosed) {
      await new Promise<void>((resolve) => (this.#wakePump = resolve));
    }
  }

  #add(chunk: Chunk): void {
    const bytes = chunk.subarray(Math.min(this.#skip, chunk.length));
    this.#skip -= chunk.length - bytes.length;
    if (bytes.length === 0) return;
    this.#queue.push(bytes);
    this.#queued += bytes.length;
    this.#wakeReader?.();
  }
}
