import type { Chunk } from '../network/chunk.js';
import type { HashStream } from './hash-stream.js';

/** How an {@link EarlyHashStream} computes its hash. */
export interface EarlyHashOptions {
  /** The hash in the worker. */
  readonly stream: HashStream;
  /** Whether the worker runs, and has replied. */
  readonly isReliable: () => boolean;
  /** Starts the same hash in this realm. */
  readonly openLocal: () => Promise<HashStream>;
}

/**
 * A hash in a worker that may never reply. Until its first reply, copies of the bytes are kept, at most as many as may wait in the
 * worker. If the worker fails, they are hashed in this realm.
 */
export class EarlyHashStream implements HashStream {
  readonly #options: EarlyHashOptions;
  /** All bytes so far; `undefined` once some were not kept. */
  #kept: Chunk[] | undefined = [];
  #local: Promise<HashStream> | undefined;

  constructor(options: EarlyHashOptions) {
    this.#options = options;
  }

  async update(bytes: Chunk): Promise<void> {
    const { stream, isReliable } = this.#options;
    if (this.#local) return (await this.#local).update(bytes);
    if (isReliable()) this.#kept = undefined;
    this.#kept?.push(bytes.slice());
    await stream.update(bytes).catch((cause: unknown) => this.#openLocal(cause));
  }

  async digest(): Promise<string> {
    if (this.#local) return (await this.#local).digest();
    return this.#options.stream.digest().catch(async (cause: unknown) => (await this.#openLocal(cause)).digest());
  }

  close(): void {
    this.#kept = undefined;
    this.#options.stream.close();
    void this.#local?.then((local) => local.close()).catch(() => undefined);
  }

  /** Hashes the kept bytes in this realm. @throws `cause` if some are not kept. */
  async #openLocal(cause: unknown): Promise<HashStream> {
    if (!this.#local && !this.#kept) throw cause;
    this.#local ??= this.#replay(this.#kept ?? []);
    return this.#local;
  }

  async #replay(kept: readonly Chunk[]): Promise<HashStream> {
    this.#kept = undefined;
    const local = await this.#options.openLocal();
    for (const bytes of kept) await local.update(bytes);
    return local;
  }
}
