import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isShownInDialog, watchDialogs } from './open-dialogs.js';

/** Reports whether an open dialog already shows a host's download. */
export class OpenDialogController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;

  #stopWatching: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether an open dialog shows the download, and the host is outside of that dialog. */
  shows(modelKey: string): boolean {
    return this.#stopWatching !== undefined && isShownInDialog(this.#host, modelKey);
  }

  hostConnected(): void {
    this.#stopWatching = watchDialogs(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }
}
