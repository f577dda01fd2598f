import type { RetryPolicyOptions } from '../core/index.js';
import type { DownloadFetchOptions } from '../transfer/internal.js';
import type { TransformersSource } from './transformers/module.js';

/** Options for the downloads of models, in a page or in a worker. */
export interface ModelDownloadOptions
  extends RetryPolicyOptions, Pick<DownloadFetchOptions, 'namespace' | 'clock' | 'verify' | 'connections'> {
  /** The module of Transformers.js, or a function that imports it; required by models with a `task`. Default: none. */
  readonly transformers?: TransformersSource | undefined;
  /** Silence, in ms, after which a download counts as stalled. Default 5,000. */
  readonly stallAfter?: number | undefined;
  /**
   * Whether the transfer layer downloads the files: it resumes, pauses and counts them. Default `true`; with `false` only
   * the events of Transformers.js are used.
   */
  readonly transfer?: boolean | undefined;
}
