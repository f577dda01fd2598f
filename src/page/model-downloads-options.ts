import type { ModelDefinition, ModelDownloadOptions } from '../adapters/index.js';
import type { StateStorage } from '../core/index.js';

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
}
