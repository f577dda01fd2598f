import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { addListener } from '../../core/internal.js';
import { ModelDownloadOpenRequestEvent } from '../../protocol/index.js';

/** A host that opens on request. */
export interface OpenRequestHost extends ReactiveControllerHost, HTMLElement {
  /** The key of the model; `''` for the model of the last open request. */
  readonly modelKey: string;
  show(): void;
}

/** Opens a host on an open request for its download, unless the page prevents the request. */
export class OpenRequestController implements ReactiveController {
  readonly #host: OpenRequestHost;

  /** `undefined` while the host is not connected. */
  #stopListening: (() => void) | undefined;
  #requestedKey = '';

  constructor(host: OpenRequestHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The key of the model that the host shows; `''` before the first request. */
  get shownKey(): string {
    return this.#host.modelKey || this.#requestedKey;
  }

  hostConnected(): void {
    this.#stopListening = addListener(this.#host.ownerDocument, ModelDownloadOpenRequestEvent.eventName, this.#handleRequest);
  }

  hostDisconnected(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  readonly #handleRequest = (event: Event): void => {
    const modelKey = (event as CustomEvent<{ modelKey?: unknown } | null>).detail?.modelKey;
    if (typeof modelKey !== 'string' || modelKey === '') return;
    // A listener that was added later may still call `preventDefault()`.
    queueMicrotask(() => {
      if (this.#stopListening && !event.defaultPrevented) this.#open(modelKey);
    });
  };

  #open(modelKey: string): void {
    if (this.#host.modelKey && this.#host.modelKey !== modelKey) return;
    this.#requestedKey = modelKey;
    this.#host.requestUpdate();
    this.#host.show();
  }
}
