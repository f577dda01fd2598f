import type { Clock, RetryPolicyOptions } from '../core/index.js';
import type { TransformersSource } from './transformers-module.js';

/** What models are downloaded with, in a page or in a worker. */
export interface ModelDownloadOptions extends RetryPolicyOptions {
  /** The module of Transformers.js, or a function that imports it; needed by models that name a task. */
  readonly transformers?: TransformersSource | undefined;
  /** Keeps the stored names of several apps on one origin apart. Default: none. */
  readonly namespace?: string | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
  /** Silence, in ms, after which a download counts as stalled. Default 5,000. */
  readonly stallAfter?: number | undefined;
  /**
   * Whether files come through the transfer layer, which resumes, pauses and counts them. Default
   * `true`; with `false` only the events of Transformers.js are listened to.
   */
  readonly transfer?: boolean | undefined;
  /** When the hash of a file is due, where one is known. Default `spliced`: when it came in pieces or from disk. */
  readonly verify?: 'spliced' | 'always' | 'never' | undefined;
}
