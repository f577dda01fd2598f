import type { DownloadStatus } from '../core/index.js';

/** The storage that a model uses on this device. */
export interface ModelStorage {
  /** The key of the model. */
  readonly modelKey: string;
  /** The name of the model. */
  readonly modelName: string;
  /** The bytes of complete files: in the cache of Transformers.js, and of files that the model's own loader keeps. */
  readonly bytes: number;
  /** The stored bytes of incomplete files. */
  readonly partialBytes: number;
  /** Bytes of the whole model; `undefined` if its files or one of their sizes are unknown. */
  readonly totalBytes: number | undefined;
  /** Whether all files of the model are complete; `undefined` if its files are unknown. */
  readonly isComplete: boolean | undefined;
  /** When a load of the model last succeeded, in ms since 1970; `undefined` if that was not recorded. */
  readonly lastUsed: number | undefined;
  /** The status of its download on this page. `completed` means that the page uses the model. */
  readonly status: DownloadStatus;
  /**
   * The keys of the other models with the same files: variants of one repository and revision. Their bytes are the same
   * bytes, and `remove()` deletes the files of all of them.
   */
  readonly sharedWith: readonly string[];
}

/** Files of other software on this device, which `remove()` does not delete. */
export interface OtherStorage {
  /** The software: `Transformers.js` for files of models that the page has not defined, `WebLLM`, or `wllama`. */
  readonly name: string;
  /** The known bytes of the files. */
  readonly bytes: number;
  /** Whether the size of each file is known. */
  readonly isExact: boolean;
}

/** What a site stores on this device. */
export interface StorageReport {
  /** Each defined model, also without stored files. */
  readonly models: readonly ModelStorage[];
  /** The models that could not be measured: a module could not be imported, or a worker does not respond. */
  readonly unmeasured: readonly string[];
  /** The files of other software that has any. */
  readonly others: readonly OtherStorage[];
  /** Bytes that the browser counts for the whole site; `undefined` if it does not report them. */
  readonly usage: number | undefined;
  /** Bytes that the browser allows the whole site, including `usage`. It is not the free space. `undefined` if unknown. */
  readonly quota: number | undefined;
  /** Whether the browser keeps the site's data when space runs low; `undefined` if it does not report that. */
  readonly isPersistent: boolean | undefined;
}
