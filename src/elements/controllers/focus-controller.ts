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
    this.#hadFocus = this.#focused !== null;
  }

  hostUpdated(): void {
    if (!this.#hadFocus || this.#focused !== null) return;
    this.#host.shadowRoot?.querySelector<HTMLElement>('.announcement')?.focus();
  }

  get #focused(): Element | null {
    return this.#host.shadowRoot?.activeElement ?? null;
  }
}
