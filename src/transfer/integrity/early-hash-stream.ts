import { lengthOf, type Chunk } from '../network/chunk.js';
import type { HashStream } from './hash-stream.js';

/** Bytes of the copy that is sent to a worker that has not replied yet. */
const FIRST = 64 * 1024;

/** How many bytes may wait for the first reply of the worker. */
const MOST_HELD = 8 * 1024 * 1024;

/** How an {@link EarlyHashStream} computes its hash. */
export interface EarlyHashOptions {
  /** The hash in the worker. Its first `update()` resolves once the worker has replied. */
  readonly stream: HashStream;
  /** Whether the worker runs, and has replied. */
  readonly isReliable: () => boolean;
  /** Starts the same hash in this realm. */
  readonly openLocal: () => Promise<HashStream>;
}

/**
 * A hash in a worker that may never reply. Until its first reply, the worker has only a copy of the first bytes. If it fails by then, all
 * bytes are hashed in this realm.
 */
export class EarlyHashStream implements HashStream {
  readonly #options: EarlyHashOptions;
  /** The hash that receives all bytes; `undefined` until it is chosen and has the held ones. */
  #chosen: HashStream | undefined;
  #choosing: Promise<void> | undefined;
  /** The bytes that wait for the choice, in order. */
  #held: Chunk[] = [];

  constructor(options: EarlyHashOptions) {
    this.#options = options;
  }

  async update(bytes: Chunk): Promise<void> {
    const { stream, isReliable } = this.#options;
    if (!this.#choosing && isReliable()) this.#chosen ??= stream;
    if (this.#chosen) return this.#chosen.update(bytes);
    this.#held.push(bytes);
    this.#choosing ??= this.#choose(bytes);
    // The next call that waits rejects with the error.
    this.#choosing.catch(() => undefined);
    if (lengthOf(this.#held) > MOST_HELD) await this.#choosing;
  }

  async digest(): Promise<string> {
    await this.#choosing;
    return (this.#chosen ?? this.#options.stream).digest();
  }

  close(): void {
    this.#held = [];
    this.#options.stream.close();
    void this.#choosing?.then(() => this.#chosen?.close()).catch(() => undefined);
  }

  async #choose(first: Chunk): Promise<void> {
    const { stream, openLocal } = this.#options;
    const sample = first.slice(0, FIRST);
    const { length } = sample;
    const chosen = await stream.update(sample).then(
      () => stream,
      () => openLocal(),
    );
    if (chosen === stream && this.#held[0]) this.#held[0] = first.subarray(length);
    // Those that arrive meanwhile follow.
    for (let next = this.#held.shift(); next; next = this.#held.shift()) await chosen.update(next);
    this.#chosen = chosen;
  }
}
