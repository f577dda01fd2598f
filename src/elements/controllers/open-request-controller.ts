import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ModelDownloadOpenRequestEvent } from '../../protocol/index.js';

/** A host that shows one download. */
export interface OpenRequestHost extends ReactiveControllerHost, HTMLElement {
  /** The page's name for its model; `''` for the one that was asked for last. */
  readonly modelKey: string;
  show(): void;
}

/** Shows a host when its download is asked for, unless the page refuses. */
export class OpenRequestController implements ReactiveController {
  readonly #host: OpenRequestHost;

  #document: Document | undefined;
  #requestedKey = '';

  constructor(host: OpenRequestHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The model that the host shows; `''` while none was asked for. */
  get shownKey(): string {
    return this.#host.modelKey || this.#requestedKey;
  }

  hostConnected(): void {
    this.#document = this.#host.ownerDocument;
    this.#document.addEventListener(ModelDownloadOpenRequestEvent.eventName, this.#receive);
  }

  hostDisconnected(): void {
    this.#document?.removeEventListener(ModelDownloadOpenRequestEvent.eventName, this.#receive);
    this.#document = undefined;
  }

  readonly #receive = (event: Event): void => {
    const modelKey = (event as CustomEvent<{ modelKey?: unknown } | null>).detail?.modelKey;
    if (typeof modelKey !== 'string' || modelKey === '') return;
    // A listener that was added later may still refuse.
    queueMicrotask(() => {
      if (this.#document && !event.defaultPrevented) this.#open(modelKey);
    });
  };

  #open(modelKey: string): void {
    if (this.#host.modelKey && this.#host.modelKey !== modelKey) return;
    this.#requestedKey = modelKey;
    this.#host.requestUpdate();
    this.#host.show();
  }
}
