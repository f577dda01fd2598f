import { deferred } from '../core/internal.js';
import type { Chunk } from './network/chunk.js';

/** Response → the bytes of its body, also for its clones. */
const copies = new WeakMap<Response, BodyCopy>();

/** The bytes of one body for a second reader, which receives them at the end, in the memory of the first one. */
export class BodyCopy {
  readonly #whole = deferred<readonly Chunk[]>();
  #chunks: Chunk[] | undefined;
  #hasBegun = false;

  /** Lets a response offer its bytes by {@link copyBytes}. */
  offer(response: Response): void {
    copies.set(response, this);
  }

  /** Keeps all bytes in memory, and resolves with them; `undefined` if some have been delivered already. */
  request(): Promise<readonly Chunk[]> | undefined {
    if (this.#hasBegun) return undefined;
    this.#chunks ??= [];
    return this.#whole.promise;
  }

  /** Adds bytes that are delivered. */
  add(chunks: readonly Chunk[]): void {
    this.#hasBegun = true;
    this.#chunks?.push(...chunks);
  }

  /** Ends a body that has been delivered to its end. */
  end(): void {
    if (this.#chunks) this.#whole.resolve(this.#chunks);
    this.#chunks = undefined;
  }

  /** Ends a body that has failed, or that its reader has cancelled. */
  fail(cause: unknown): void {
    if (this.#chunks) this.#whole.reject(cause);
    this.#chunks = undefined;
  }
}

/**
 * Resolves with all bytes of a response when its reader has received them, in the same memory: a clone of the response would copy each of
 * them. The reader must not change them. Rejects if the body fails or is cancelled. `undefined` for a response that is not of
 * `createDownloadFetch`, or whose body is being read.
 */
export function copyBytes(response: Response): Promise<readonly Chunk[]> | undefined {
  return copies.get(response)?.request();
}
