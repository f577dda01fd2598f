import type { Clock } from '../core/index.js';
import type { Connection } from './connection.js';
import { watch } from './watchdog.js';

/** The bytes of one connection, from the one that was asked for on. */
export class NetworkSource {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  readonly #controller: AbortController;
  readonly #timeout: number;
  readonly #clock: Clock;
  #skip: number;

  /**
   * @param controller Ends the connection's socket.
   * @param timeout How long a byte may take to come, in ms. Time in which nobody reads does not count.
   */
  constructor({ response, skip }: Connection, controller: AbortController, timeout: number, clock: Clock) {
    if (!response.body) throw new TypeError('The answer has no body');
    this.#reader = response.body.getReader();
    this.#controller = controller;
    this.#timeout = timeout;
    this.#clock = clock;
    this.#skip = skip;
  }

  /** The next bytes, or `undefined` at the end. */
  async read(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    for (;;) {
      const { done, value } = await watch(this.#reader.read(), this.#timeout, this.#clock, () => this.close());
      if (done) return undefined;
      const bytes = value.subarray(Math.min(this.#skip, value.length));
      this.#skip -= value.length - bytes.length;
      if (bytes.length > 0) return bytes;
    }
  }

  /** Ends the connection at once. */
  close(): void {
    this.#controller.abort();
    this.#reader.cancel().catch(() => undefined);
  }
}
