import type { Chunk } from '../network/chunk.js';
import type { HashAlgorithm } from './hash-protocol.js';

/** Computes hashes. */
export interface Hasher {
  /** Begins a hash. */
  open(algorithm: HashAlgorithm): HashStream;
  /** Says that this user needs it no more. */
  close(): void;
}

/** Takes one file piece by piece. */
export interface HashStream {
  /**
   * Takes the next bytes, which belong to the stream from then on, and resolves when there is room for more, or
   * when the stream is closed.
   *
   * @throws when the hash cannot be computed.
   */
  update(bytes: Chunk): Promise<void>;
  /**
   * The hash of everything so far, as hexadecimal digits.
   *
   * @throws when it cannot be computed, and when the stream is closed.
   */
  digest(): Promise<string>;
  /** Settles everything that waits. */
  close(): void;
}
