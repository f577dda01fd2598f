import { deferred } from '../../core/internal.js';
import { lengthOf, type Chunk } from '../network/chunk.js';
import { hashAtOnce } from './hash-at-once.js';
import { takeMemory } from './worker-memory.js';
import type { HashAlgorithm } from './hash-protocol.js';
import type { Hasher, HashStream } from './hash-stream.js';
import { openHasher } from './hasher.js';

/** How many bytes are buffered until the algorithm is known and its code is loaded. */
const MOST_BUFFERED = 8 * 1024 * 1024;

/** Bytes of the largest listed file whose hash is not computed while it arrives. Hashing it at its end takes about 1 ms. */
const SMALL = 1024 * 1024;

/** The hash of a whole body. */
export interface BodyDigest {
  readonly algorithm: HashAlgorithm;
  /** Hexadecimal digits. */
  readonly hash: string;
  /** The length that is part of git's blob hash, in bytes; `undefined` for the other hashes. */
  readonly size: number | undefined;
}

/**
 * Computes the hash of one body while its bytes are delivered. One that is still buffered at its end is hashed in one call of the
 * browser, which does not wait for the worker.
 *
 * Copies of the bytes are buffered until the algorithm is known. After 8 MiB SHA-256 is used, as hubs do for large files. If the
 * hash cannot be computed, there is no digest.
 */
export class BodyHash {
  #buffered: Chunk[] = [];
  #algorithm: HashAlgorithm = 'sha256';
  #size: number | undefined;
  #hasher: Promise<Hasher> | undefined;
  #stream: HashStream | undefined;
  #starting: Promise<void> | undefined;
  #digest: Promise<BodyDigest | undefined> | undefined;
  #isClosed = false;
  readonly #closed = deferred();

  /** Whether the hash is closed or cannot be computed. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /**
   * Sets the algorithm, and starts to compute the hash, unless the body is small.
   *
   * @param size Bytes of the file in its listing; `undefined` if unknown.
   */
  choose(algorithm: HashAlgorithm, size?: number): void {
    if (this.#starting && algorithm !== this.#algorithm) this.close();
    this.#algorithm = algorithm;
    if (size === undefined || size > SMALL) void this.#start();
  }

  /**
   * Chooses git's blob hash, which includes the length of the body. If the whole body is still buffered at its end, its real
   * length is used.
   *
   * @param size Bytes of the file in its listing; `undefined` if unknown.
   */
  chooseGit(size: number | undefined): void {
    if (this.#starting) this.close();
    this.#algorithm = 'sha1';
    this.#size = size;
  }

  /** Resolves with whether the hash can be computed. */
  async isPossible(): Promise<boolean> {
    if (!this.#isClosed) await Promise.race([this.#load(), this.#closed.promise]).catch(() => this.close());
    return !this.#isClosed;
  }

  /** Adds a copy of the next bytes, and resolves when there is room for more. */
  async update(chunks: readonly Uint8Array[]): Promise<void> {
    if (this.#isClosed) return;
    // The worker returns the memory. A small body is hashed at once, and its memory is not used again.
    const bytes = join(chunks, this.#stream && takeMemory);
    if (this.#stream) {
      await this.#stream.update(bytes).catch(() => this.close());
      return;
    }
    this.#buffered.push(bytes);
    if (lengthOf(this.#buffered) > MOST_BUFFERED) await Promise.race([this.#start(), this.#closed.promise]);
  }

  /**
   * Resolves with the hash of the bytes so far; `undefined` if it cannot be computed.
   *
   * @param length Bytes of the body.
   */
  digest(length: number): Promise<BodyDigest | undefined> {
    this.#digest ??= Promise.race([this.#finish(length), this.#closed.promise]).then((digest) => digest ?? undefined);
    return this.#digest;
  }

  /** Releases the buffer and the code, and settles all promises. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#buffered = [];
    this.#stream?.close();
    void this.#hasher?.then((hasher) => hasher.close()).catch(() => undefined);
    this.#closed.resolve();
  }

  #load(): Promise<Hasher> {
    this.#hasher ??= openHasher(this.#algorithm);
    return this.#hasher;
  }

  #start(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#starting ??= this.#open().catch(() => this.close());
    return this.#starting;
  }

  async #open(): Promise<void> {
    // The length is hashed first.
    if (this.#algorithm === 'sha1' && this.#size === undefined) {
      this.close();
      return;
    }
    const hasher = await this.#load();
    if (this.#isClosed) return;
    const stream = hasher.open(this.#algorithm);
    const buffered = this.#content;
    this.#stream = stream;
    this.#buffered = [];
    await Promise.all(buffered.map((bytes) => stream.update(bytes)));
  }

  async #finish(length: number): Promise<BodyDigest | undefined> {
    if (!this.#starting && this.#algorithm === 'sha1') this.#size = length;
    // Outside of secure contexts the browser does not hash.
    const atOnce = this.#starting ? undefined : await hashAtOnce(this.#algorithm, join(this.#content)).catch(() => undefined);
    if (atOnce === undefined) await this.#start();
    const hash = atOnce ?? (await this.#stream?.digest().catch(() => this.close()));
    return hash === undefined ? undefined : { algorithm: this.#algorithm, hash, size: this.#size };
  }

  /** What is hashed of the buffered bytes: git's blob hash begins with a header. */
  get #content(): readonly Chunk[] {
    return this.#algorithm === 'sha1' ? [new TextEncoder().encode(`blob ${this.#size}\0`), ...this.#buffered] : this.#buffered;
  }
}

/** Copies the bytes into one chunk: the reader of the body may change or transfer the original chunks. */
function join(chunks: readonly Uint8Array[], allocate = (length: number): Chunk => new Uint8Array(length)): Chunk {
  const bytes = allocate(chunks.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, end);
    end += chunk.length;
  }
  return bytes;
}
