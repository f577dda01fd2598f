import type { ModelDefinition, ModelDownloadOptions } from '../model/index.js';
import type { StateStorage } from '../core/index.js';
import type { ModelDownloadChooseModelRequestDetail } from '../protocol/index.js';
import type { NotificationOptions } from './notifications.js';

/** Settings of `ModelDownloads`. */
export interface ModelDownloadsOptions extends ModelDownloadOptions {
  /** Models to define at once. */
  readonly models?: Readonly<Record<string, ModelDefinition>> | undefined;
  /** Where states outlive the page. Default `localStorage`; `null` keeps nothing. */
  readonly storage?: StateStorage | null | undefined;
  /**
   * What follows the automatic retries: `ask` waits for the user, `automatic` rejects. Default:
   * `ask` for loads that begin while the object is connected to a document, `automatic` otherwise.
   */
  readonly recovery?: 'ask' | 'automatic' | undefined;
  /** How many downloads may run at once; others wait in the order in which they were asked for. Default: all may. */
  readonly concurrency?: number | undefined;
  /** Whether to keep the screen awake while a download is under way. Default `false`. */
  readonly wakeLock?: boolean | undefined;
  /**
   * Offers the visitor another model after "Use a different model", which has cancelled the download by then. Without
   * it the elements do not draw that button.
   */
  readonly chooseModel?: ((request: ModelDownloadChooseModelRequestDetail) => void) | undefined;
  /** What tells of the downloads in the page's title, and by the system when one has ended. Default: nothing. */
  readonly notify?: NotificationOptions | undefined;
}
