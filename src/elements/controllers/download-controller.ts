// In: the details of changes, and answers to a query. Out: a checked download, and an update of the element.
import type { ReactiveController, ReactiveElement } from 'lit';
import type { AggregateProgressInfo, DownloadState, DownloadStatus } from '../../core/index.js';
import { fieldsOf, isDownloadStatus } from '../../core/internal.js';
import { ModelDownloadQueryEvent } from '../../protocol/index.js';
import { listenToChanges } from './change-listeners.js';
import { receivedDownload, type ReceivedDownload } from '../received-download.js';
import type { ShownDownload } from '../shown-download.js';
import { isHydrating } from './is-hydrating.js';

/** Called with each new state before the host renders it; with `undefined` when the key changes. */
export type DownloadListener = (download: ReceivedDownload | undefined) => void;

/** Updates a host with the changes of one download while the host is connected. */
export class DownloadController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #readKey: () => string;
  readonly #notify: DownloadListener;

  #key = '';
  #received: ReceivedDownload | undefined;
  #lastChange: readonly [state: DownloadState, aggregate: AggregateProgressInfo | undefined] | undefined;
  #document: Document | undefined;
  #removeListener: (() => void) | undefined;

  constructor(host: ReactiveElement, readKey: () => string, notify: DownloadListener = () => undefined) {
    this.#host = host;
    this.#readKey = readKey;
    this.#notify = notify;
    host.addController(this);
  }

  /** The last change; `undefined` until one was received. */
  get received(): ReceivedDownload | undefined {
    return isHydrating(this.#host) ? undefined : this.#received;
  }

  /** The checked download; `undefined` until a change was received and the views are imported. */
  get current(): ShownDownload | undefined {
    return this.received?.();
  }

  /** The status of the download; `undefined` until a change was received. */
  get status(): DownloadStatus | undefined {
    return this.received && this.#lastChange?.[0].status;
  }

  /** Whether the download was requested and not cancelled. */
  get isStarted(): boolean {
    const { status = 'idle' } = this;
    return status !== 'idle' && status !== 'cancelled';
  }

  /** Responds to the query of an element inside the host, for pages without a `ModelDownloads`. */
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
    if (key !== this.#key) this.#received = this.#lastChange = undefined;
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
    // An invalid state keeps the last valid one.
    if (!isDownloadStatus(fieldsOf(state).status)) return;
    const key = this.#key;
    this.#received = receivedDownload(({ toShownDownload }) => toShownDownload(key, state, aggregate));
    this.#lastChange = [state as DownloadState, aggregate as AggregateProgressInfo | undefined];
    this.#notify(this.#received);
  }
}
