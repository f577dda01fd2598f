import type { Chunk } from '../network/chunk.js';
import { nextTurn } from '../next-turn.js';
import type { HashAlgorithm } from './hash-protocol.js';
import type { Hasher, HashStream } from './hash-stream.js';
import type { Hash } from './hash-worker.js';

/** Bytes between two reads of the time: 1.3 ms of the slowest hash. */
const SLICE = 64 * 1024;

/** How long hashing may block a page at once, in ms: a fraction of a frame. */
const LONGEST_TURN = 4;

/**
 * Starts a hasher in this realm. It works in short tasks, so that the page stays responsive.
 *
 * @throws if modules cannot be loaded.
 */
export async function startLocalHasher(algorithm: HashAlgorithm): Promise<Hasher> {
  const createHash = await loadHash(algorithm);
  return { open: (chosen) => new LocalHashStream(Promise.resolve(createHash(chosen))), close: () => undefined };
}

async function loadHash(algorithm: HashAlgorithm): Promise<(algorithm: HashAlgorithm) => Hash | Promise<Hash>> {
  try {
    const { createHash } = await import('./hash-worker.js');
    await createHash(algorithm);
    return createHash;
  } catch {
    const { createHash } = await import('./hash-noble.js');
    return createHash;
  }
}

/** When the current task of the event loop began. */
let turnBegan = 0;

class LocalHashStream implements HashStream {
  readonly #hash: Promise<Hash>;
  /** Resolves when all bytes are hashed. */
  #tail: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(hash: Promise<Hash>) {
    this.#hash = hash;
  }

  update(bytes: Chunk): Promise<void> {
    this.#tail = this.#tail.then(() => this.#handle(bytes));
    return this.#tail;
  }

  async digest(): Promise<string> {
    await this.#tail;
    if (this.#isClosed) throw new Error('The hash was closed');
    return (await this.#hash).digest();
  }

  close(): void {
    this.#isClosed = true;
  }

  async #handle(bytes: Chunk): Promise<void> {
    const hash = await this.#hash;
    for (let start = 0; start < bytes.length && !this.#isClosed; start += SLICE) {
      hash.update(bytes.subarray(start, start + SLICE));
      if (performance.now() - turnBegan <= LONGEST_TURN) continue;
      await nextTurn();
      turnBegan = performance.now();
    }
  }
}
