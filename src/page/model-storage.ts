import type { StoredBytes } from '../model/index.js';

/** What one model occupies on this device. */
export interface ModelStorage extends StoredBytes {
  /** The page's name for the model. */
  readonly modelKey: string;
  /** Bytes of whole files: in the cache that Transformers.js uses, and of those that the model's own loader wants kept. */
  readonly bytes: number;
  /** Bytes held of files that have not arrived whole. */
  readonly partialBytes: number;
}
