import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ModelDownloadEstimateRequestEvent } from '../../protocol/index.js';
import type { ShownDownload } from '../shown-download.js';

/** What a host that asks for a size shows. */
export interface SizeRequestHost extends ReactiveControllerHost, HTMLElement {
  readonly open: boolean;
}

/** Asks how big a download is, once each time its host is opened, so that a visitor can decide by numbers. */
export class SizeRequestController implements ReactiveController {
  readonly #host: SizeRequestHost;
  readonly #read: () => { readonly key: string; readonly download: ShownDownload | undefined };
  /** The download that it has asked for since the host was opened. */
  #askedFor = '';

  /** `read` tells which download the host shows. */
  constructor(host: SizeRequestHost, read: () => { readonly key: string; readonly download: ShownDownload | undefined }) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostUpdated(): void {
    const { key, download } = this.#read();
    if (!this.#host.open) this.#askedFor = '';
    else if (download?.status === 'idle' && download.total === undefined && this.#askedFor !== key) {
      this.#askedFor = key;
      this.#host.dispatchEvent(new ModelDownloadEstimateRequestEvent({ modelKey: key }));
    }
  }
}
