import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Keeps the focus in a host whose focused button goes with what it did: on the host's live region,
 * which always stands there. Otherwise a screen reader would be sent to the top of the page.
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
    // Not `activeElement` of the shadow root: in happy-dom that throws while another element has the focus.
    return this.#host.matches(':focus-within');
  }
}
