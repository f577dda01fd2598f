import type { BodyParts } from './body-parts.js';
import type { BodyState } from './body-state.js';
import type { Chunk, Remainder } from './network/chunk.js';
import type { ParallelReader } from './parallel/parallel-reader.js';

/** The least missing bytes for which more connections are tried, which takes about two seconds. */
const LEAST_REST = 16 * 1024 * 1024;

/** The connections of one body: its own, and those beside it, whose code is loaded with the first large file. */
export class BodyConnections {
  readonly #parts: BodyParts;
  readonly #state: BodyState;
  #beside: ParallelReader | undefined;
  #isRequested = false;
  #isClosed = false;

  constructor(parts: BodyParts, state: BodyState) {
    this.#parts = parts;
    this.#state = state;
  }

  /** What is read beside the body's own connection; `undefined` before the code for it is loaded, and if it is not. */
  get beside(): ParallelReader | undefined {
    return this.#beside;
  }

  /** As `ParallelReader.pass()`. */
  pass(chunks: readonly Chunk[], position: number): Promise<readonly Chunk[]> | readonly Chunk[] {
    const rest = (this.#state.total ?? 0) - position;
    if (this.#parts.context.connections > 1 && rest >= LEAST_REST && !this.#isRequested) void this.#load();
    return this.#beside?.pass(chunks, position) ?? chunks;
  }

  /** Closes all connections at once, for a pause. Bytes that have arrived can still be read. */
  interrupt(): void {
    this.#beside?.interrupt();
    this.#parts.source.interrupt();
  }

  /** Closes all connections for good, and returns the bytes that had arrived and were not read. */
  close(): Remainder {
    this.#isClosed = true;
    const beside = this.#beside?.close();
    const own = this.#parts.source.end();
    return beside?.chunks.length ? beside : own;
  }

  async #load(): Promise<void> {
    this.#isRequested = true;
    // Without the code, for example offline, there is one connection.
    const code = await import('./parallel/parallel-reader.js').catch(() => undefined);
    if (code && !this.#isClosed) this.#beside = new code.ParallelReader(this.#parts, this.#state);
  }
}
