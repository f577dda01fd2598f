import type { Chunk } from '../network/chunk.js';

/** The supported hashes, by their names in a `Request`'s `integrity`; SHA-1 is git's. */
export type HashAlgorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** A message to the hash worker: starts a hash, adds bytes, requests the digest, or drops the hash. */
export type HashRequest =
  | { readonly id: number; readonly algorithm: HashAlgorithm }
  | { readonly id: number; readonly bytes: Chunk }
  | { readonly id: number; readonly digest: true }
  | { readonly id: number; readonly drop: true };

/** A message of the hash worker: whether it can hash, how many bytes it has processed, a digest, or an error. */
export type HashReply =
  | { readonly ready: boolean }
  | { readonly added: number }
  | { readonly id: number; readonly hash: string }
  | { readonly id: number; readonly error: string };

/** The name by which the worker's module detects that it was started as a worker, and not imported. */
export const HASH_WORKER = 'model-download-hash';
