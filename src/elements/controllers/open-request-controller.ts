import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ModelDownloadOpenRequestEvent } from '../../protocol/index.js';

/** Hears who asks for the dialog of a download, unless the page refuses. */
export class OpenRequestController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #open: (modelKey: string) => void;

  #document: Document | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, open: (modelKey: string) => void) {
    this.#host = host;
    this.#open = open;
    host.addController(this);
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
}
