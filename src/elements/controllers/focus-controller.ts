import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Moves the focus to the host's live region when the focused button is removed. Otherwise a screen reader
 * would continue at the top of the page. `ModalController` restores the focus when a dialog closes.
 */
export class FocusController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;

  #hadFocus = false;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#hadFocus = this.#hasFocus;
  }

  hostUpdated(): void {
    if (!this.#hadFocus || this.#hasFocus) return;
    this.#host.shadowRoot?.querySelector<HTMLElement>('.announcement')?.focus();
  }

  get #hasFocus(): boolean {
    // Not the shadow root's `activeElement`: happy-dom throws there while another element has the focus.
    return this.#host.matches(':focus-within');
  }
}
