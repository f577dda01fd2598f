import type { StoredBytes } from '../model/index.js';

/** The storage that a model uses on this device. */
export interface ModelStorage extends StoredBytes {
  /** The key of the model. */
  readonly modelKey: string;
  /** The bytes of complete files: in the cache of Transformers.js, and of files that the model's own loader keeps. */
  readonly bytes: number;
  /** The stored bytes of incomplete files. */
  readonly partialBytes: number;
}
