import type { Chunk } from '../network/chunk.js';

/** The hashes that are computed, by their names in a `Request`'s `integrity`; SHA-1 is the one of git. */
export type HashAlgorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** What is sent to the hash worker: the algorithm of a new hash, its bytes, the wish for the result, or the end of it. */
export type HashRequest =
  | { readonly id: number; readonly algorithm: HashAlgorithm }
  | { readonly id: number; readonly bytes: Chunk }
  | { readonly id: number; readonly digest: true }
  | { readonly id: number; readonly drop: true };

/** What it answers: whether it can hash; then that so many bytes were taken, a result, or why there is none. */
export type HashReply =
  | { readonly ready: boolean }
  | { readonly taken: number }
  | { readonly id: number; readonly hash: string }
  | { readonly id: number; readonly error: string };

/** The name that tells the worker's module that it was started as one, and not imported. */
export const HASH_WORKER = 'model-download-hash';
