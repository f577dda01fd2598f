import type { Chunk } from '../network/chunk.js';
import type { HashAlgorithm, WrittenFile } from './hash-protocol.js';

/** Computes hashes. */
export interface Hasher {
  /** Starts a hash. */
  open(algorithm: HashAlgorithm): HashStream;
  /** Releases the hasher. */
  close(): void;
}

/** The use of the worker that computes hashes. It also writes files. */
export interface WorkerLease extends Hasher {
  /**
   * Writes a new file of the origin private file system. The bytes are transferred to the worker.
   *
   * @param name Of the file.
   * @throws if the worker ends before it has replied.
   */
  write(name: string, bytes: Chunk): Promise<WrittenFile>;
}

/** Computes the hash of one file in pieces. */
export interface HashStream {
  /**
   * Adds the next bytes, which the stream owns from then on, and resolves when there is room for more, or when the stream is
   * closed.
   *
   * @throws if the hash cannot be computed.
   */
  update(bytes: Chunk): Promise<void>;
  /**
   * Resolves with the hash of the bytes so far, as hexadecimal digits.
   *
   * @throws if it cannot be computed, and if the stream is closed.
   */
  digest(): Promise<string>;
  /** Ends the stream, and settles its promises. */
  close(): void;
}
