import type { ModelDefinition, ModelDownloadOptions } from '../model/index.js';
import type { StateStorage } from '../core/index.js';
import type { ModelDownloadChooseModelRequestDetail } from '../protocol/index.js';
import type { NotificationOptions } from './notifications.js';

/** The options of `ModelDownloads`. */
export interface ModelDownloadsOptions extends ModelDownloadOptions {
  /** Models to define, by key. Default: none. */
  readonly models?: Readonly<Record<string, ModelDefinition>> | undefined;
  /** The storage for states across visits. Default: `localStorage`; `null` stores nothing. */
  readonly storage?: StateStorage | null | undefined;
  /**
   * What happens after the automatic retries: `ask` waits for the user, `automatic` rejects. Default:
   * `ask` for loads that start while the object is connected to a document, `automatic` otherwise.
   */
  readonly recovery?: 'ask' | 'automatic' | undefined;
  /** The number of downloads that run at once. Others wait in the order of their requests. Default: no limit. */
  readonly concurrency?: number | undefined;
  /** Whether to keep the screen awake while a download is active. Default: `false`. */
  readonly wakeLock?: boolean | undefined;
  /**
   * Called after the user pressed "Use a different model". By then the download has been cancelled. Without this option the
   * elements do not show that button.
   */
  readonly chooseModel?: ((request: ModelDownloadChooseModelRequestDetail) => void) | undefined;
  /** The texts for the page's title during downloads, and for system notifications when a download ends. Default: none. */
  readonly notifications?: NotificationOptions | undefined;
}
