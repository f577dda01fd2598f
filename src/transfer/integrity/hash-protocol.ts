import type { Chunk } from '../network/chunk.js';

/** The supported hashes, by their names in a `Request`'s `integrity`; SHA-1 is git's. */
export type HashAlgorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** A message to the hash worker: starts a hash, adds bytes, requests the digest, drops the hash, or writes a file. */
export type HashRequest =
  | { readonly id: number; readonly algorithm: HashAlgorithm }
  | { readonly id: number; readonly bytes: Chunk }
  | { readonly id: number; readonly digest: true }
  | { readonly id: number; readonly drop: true }
  | { readonly id: number; readonly file: string; readonly content: Chunk };

/** A message of the hash worker: whether it can hash, the memory of bytes that it has processed, a digest, an error, or the end of a write. */
export type HashReply =
  | { readonly ready: boolean }
  | ({ readonly id: number; readonly content: Chunk } & WrittenFile)
  | { readonly added: Chunk }
  | { readonly id: number; readonly hash: string }
  | { readonly id: number; readonly error: string };

/** The result of writing a file. */
export interface WrittenFile {
  /** The SHA-256 of its bytes, as hexadecimal digits; `undefined` if it is not written. */
  readonly sha256?: string;
  /** Why the file is not written. */
  readonly failure?: Pick<DOMException, 'name' | 'message'>;
}

/** The name by which the worker's module detects that it was started as a worker, and not imported. */
export const HASH_WORKER = 'model-download-hash';
