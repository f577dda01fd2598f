import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ModelDownloadEstimateRequestEvent } from '../../protocol/index.js';
import { connectionText } from './connection-controller.js';
import type { ShownDownload } from '../shown-download.js';

/** A host that requests the size of its download. */
export interface SizeRequestHost extends ReactiveControllerHost, HTMLElement {
  readonly open: boolean;
}

/**
 * Requests an estimate of a download once each time its host opens, and when the known values are gone, so that the user can decide
 * before the start. The estimate is needed if the size is unknown, if the model has variants, or if the connection may be metered or
 * slow and the last speed is unknown. For a download of an earlier visit it is needed because the browser may have deleted stored
 * bytes.
 */
export class SizeRequestController implements ReactiveController {
  readonly #host: SizeRequestHost;
  readonly #read: () => { readonly key: string; readonly download: ShownDownload | undefined };
  /** The key that was requested since the host opened; `''` for none. */
  #requestedKey = '';
  #wasRestored: boolean | undefined;
  #wasKnown = false;

  /** @param read Returns the download that the host shows, and its key. */
  constructor(host: SizeRequestHost, read: () => { readonly key: string; readonly download: ShownDownload | undefined }) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostUpdated(): void {
    const { key, download } = this.#read();
    const isKnown = download?.total !== undefined && (download.variant === undefined || download.variants.length > 0);
    // The model was removed, or the page has defined it again.
    const isLost = this.#wasKnown && !isKnown;
    this.#wasKnown = isKnown;
    // After another variant was chosen, the download of an earlier visit has a new first state.
    const isOther = this.#wasRestored !== download?.isRestored;
    this.#wasRestored = download?.isRestored;
    if (!this.#host.open || isLost || isOther) this.#requestedKey = '';
    if (this.#host.open && download && isUncertain(download) && this.#requestedKey !== key) {
      this.#requestedKey = key;
      this.#host.dispatchEvent(new ModelDownloadEstimateRequestEvent({ modelKey: key }));
    }
  }
}

function isUncertain({ status, total, isRestored, variant, lastSpeed }: ShownDownload): boolean {
  const isSlow = lastSpeed === undefined && connectionText() !== undefined;
  return isRestored || (status === 'idle' && (total === undefined || variant !== undefined || isSlow));
}
