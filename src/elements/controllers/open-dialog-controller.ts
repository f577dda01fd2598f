import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isShownInDialog, watchDialogs } from './open-dialogs.js';

/** Tells a host whether an open dialog shows its download already. */
export class OpenDialogController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;

  #unwatch: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether the download stands in an open dialog, and the host outside of it. */
  shows(modelKey: string): boolean {
    return this.#unwatch !== undefined && isShownInDialog(this.#host, modelKey);
  }

  hostConnected(): void {
    this.#unwatch = watchDialogs(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
  }
}
