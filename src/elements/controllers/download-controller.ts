// In: the details of changes, and answers to a query. Out: a checked download, and an update of the element.
import type { ReactiveController, ReactiveElement } from 'lit';
import type { AggregateProgressInfo, DownloadState } from '../../core/index.js';
import { ModelDownloadQueryEvent } from '../../protocol/index.js';
import { listenToChanges } from './change-listeners.js';
import { toShownDownload, type ShownDownload } from '../shown-download.js';
import { isHydrating } from './is-hydrating.js';

/** Called with each new state before the host renders it; with `undefined` when the key changes. */
export type DownloadListener = (download: ShownDownload | undefined) => void;

/** Updates a host with the changes of one download while the host is connected. */
export class DownloadController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #readKey: () => string;
  readonly #notify: DownloadListener;

  #key = '';
  #download: ShownDownload | undefined;
  #lastChange: readonly [state: DownloadState, aggregate: AggregateProgressInfo | undefined] | undefined;
  #document: Document | undefined;
  #removeListener: (() => void) | undefined;

  constructor(host: ReactiveElement, readKey: () => string, notify: DownloadListener = () => undefined) {
    this.#host = host;
    this.#readKey = readKey;
    this.#notify = notify;
    host.addController(this);
  }

  /** The download, or `undefined` until a change was received. */
  get current(): ShownDownload | undefined {
    return isHydrating(this.#host) ? undefined : this.#download;
  }

  /** Answers the query of an element inside the host, for pages without a `ModelDownloads`. */
  readonly answer = (event: ModelDownloadQueryEvent): void => {
    if (this.#lastChange && event.detail.modelKey === this.#key) event.detail.answer(...this.#lastChange);
  };

  hostConnected(): void {
    this.#document = this.#host.ownerDocument;
    this.#query();
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    // A host also updates while it is disconnected, when no listener receives an event.
    if (this.#document && this.#readKey() !== this.#key) this.#query();
  }

  hostDisconnected(): void {
    this.#removeListener?.();
    this.#document = undefined;
  }

  #query(): void {
    const key = this.#readKey();
    if (key !== this.#key) this.#download = this.#lastChange = undefined;
    this.#key = key;
    this.#removeListener?.();
    this.#removeListener = this.#document && key ? listenToChanges(this.#document, key, (detail) => this.#handleChange(detail)) : undefined;
    this.#notify(undefined);
    if (key) {
      this.#host.dispatchEvent(
        new ModelDownloadQueryEvent({
          modelKey: key,
          answer: (state, aggregate) => {
            if (key !== this.#key) return;
            this.#apply(state, aggregate);
            this.#host.requestUpdate();
          },
        }),
      );
    }
  }

  #handleChange({ state, aggregate }: Readonly<Record<string, unknown>>): void {
    // The key can have changed before the host was rendered with it.
    if (this.#readKey() !== this.#key) return;
    this.#apply(state, aggregate);
    this.#host.requestUpdate();
  }

  #apply(state: unknown, aggregate: unknown): void {
    const download = toShownDownload(this.#key, state, aggregate);
    // An invalid state keeps the last valid one.
    if (!download) return;
    this.#download = download;
    this.#lastChange = [state as DownloadState, aggregate as AggregateProgressInfo | undefined];
    this.#notify(download);
  }
}
