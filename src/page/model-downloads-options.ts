import type { TransformersSource } from '../adapters/index.js';
import type { Clock, RetryPolicyOptions, StateStorage } from '../core/index.js';
import type { ModelDefinition } from './model-definition.js';
import type { DownloadNotices } from './notices.js';

/** Settings of `ModelDownloads`. */
export interface ModelDownloadsOptions extends RetryPolicyOptions {
  /** Models to define at once. */
  readonly models?: Readonly<Record<string, ModelDefinition>> | undefined;
  /** The module of Transformers.js, or a function that imports it; needed by models that name a task. */
  readonly transformers?: TransformersSource | undefined;
  /** Keeps the stored names of several apps on one origin apart. Default: none. */
  readonly namespace?: string | undefined;
  /** Where states outlive the page. Default `localStorage`; `null` keeps nothing. */
  readonly storage?: StateStorage | null | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
  /**
   * What follows the automatic retries: `ask` waits for the user, `automatic` rejects. Default:
   * `ask` for loads that begin while the object is connected to a document, `automatic` otherwise.
   */
  readonly recovery?: 'ask' | 'automatic' | undefined;
  /** Silence, in ms, after which a download counts as stalled. Default 5,000. */
  readonly stallAfter?: number | undefined;
  /** How many downloads may run at once; others wait in the order in which they were asked for. Default: all may. */
  readonly concurrency?: number | undefined;
  /** Whether to keep the screen awake while a download is under way. Default `false`. */
  readonly wakeLock?: boolean | undefined;
  /** What tells of the downloads in the page's title, and by the system when one has ended. Default: nothing. */
  readonly notify?: DownloadNotices | undefined;
  /**
   * Whether files come through the transfer layer, which resumes, pauses and counts them. Default
   * `true`; with `false` only the events of Transformers.js are listened to.
   */
  readonly transfer?: boolean | undefined;
  /** When the hash of a file is due, where one is known. Default `spliced`: when it came in pieces or from disk. */
  readonly verify?: 'spliced' | 'always' | 'never' | undefined;
}
