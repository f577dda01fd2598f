import type { ReactiveController, ReactiveElement } from 'lit';
import type { AggregateProgressInfo, DownloadState } from '../../core/index.js';
import { ModelDownloadQueryEvent } from '../../protocol/index.js';
import { listenToChanges } from './change-listeners.js';
import { toShownDownload, type ShownDownload } from '../shown-download.js';
import { isHydrating } from './is-hydrating.js';

/** Hears every download that is shown, before it is drawn; `undefined` when another key is asked for. */
export type DownloadListener = (download: ShownDownload | undefined) => void;

/** Keeps a host drawn from the changes of one download for as long as it is connected. */
export class DownloadController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #readKey: () => string;
  readonly #notify: DownloadListener;

  #key = '';
  #download: ShownDownload | undefined;
  #told: readonly [state: DownloadState, aggregate: AggregateProgressInfo | undefined] | undefined;
  #document: Document | undefined;
  #leave: (() => void) | undefined;

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

  /** Passes on what it was told to an element inside the host, for pages where nothing else answers. */
  readonly answer = (event: ModelDownloadQueryEvent): void => {
    if (this.#told && event.detail.modelKey === this.#key) event.detail.answer(...this.#told);
  };

  hostConnected(): void {
    this.#document = this.#host.ownerDocument;
    this.#ask();
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    // A host also updates while detached; an event then would reach no listener.
    if (this.#document && this.#readKey() !== this.#key) this.#ask();
  }

  hostDisconnected(): void {
    this.#leave?.();
    this.#document = undefined;
  }

  #ask(): void {
    const key = this.#readKey();
    if (key !== this.#key) this.#download = this.#told = undefined;
    this.#key = key;
    this.#leave?.();
    this.#leave = this.#document && key ? listenToChanges(this.#document, key, (detail) => this.#receive(detail)) : undefined;
    this.#notify(undefined);
    if (key) {
      this.#host.dispatchEvent(
        new ModelDownloadQueryEvent({
          modelKey: key,
          answer: (state, aggregate) => {
            if (key !== this.#key) return;
            this.#show(state, aggregate);
            this.#host.requestUpdate();
          },
        }),
      );
    }
  }

  #receive({ state, aggregate }: Readonly<Record<string, unknown>>): void {
    // The key may be another by now, although the host has not been drawn with it yet.
    if (this.#readKey() !== this.#key) return;
    this.#show(state, aggregate);
    this.#host.requestUpdate();
  }

  #show(state: unknown, aggregate: unknown): void {
    const download = toShownDownload(this.#key, state, aggregate);
    // What cannot be read tells nothing, so it takes nothing away.
    if (!download) return;
    this.#download = download;
    this.#told = [state as DownloadState, aggregate as AggregateProgressInfo | undefined];
    this.#notify(download);
  }
}
