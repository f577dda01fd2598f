import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ModelDownloadEstimateRequestEvent } from '../../protocol/index.js';
import type { ShownDownload } from '../shown-download.js';

/** A host that requests the size of its download. */
export interface SizeRequestHost extends ReactiveControllerHost, HTMLElement {
  readonly open: boolean;
}

/**
 * Requests the size of a download once each time its host opens, so that the user can decide before the start. For a download
 * of an earlier visit it requests the stored bytes, which the browser can have deleted.
 */
export class SizeRequestController implements ReactiveController {
  readonly #host: SizeRequestHost;
  readonly #read: () => { readonly key: string; readonly download: ShownDownload | undefined };
  /** The key that was requested since the host opened; `''` for none. */
  #requestedKey = '';

  /** @param read Returns the download that the host shows, and its key. */
  constructor(host: SizeRequestHost, read: () => { readonly key: string; readonly download: ShownDownload | undefined }) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostUpdated(): void {
    const { key, download } = this.#read();
    if (!this.#host.open) this.#requestedKey = '';
    else if (download && isUncertain(download) && this.#requestedKey !== key) {
      this.#requestedKey = key;
      this.#host.dispatchEvent(new ModelDownloadEstimateRequestEvent({ modelKey: key }));
    }
  }
}

function isUncertain({ status, total, isRestored }: ShownDownload): boolean {
  return isRestored || (status === 'idle' && total === undefined);
}
