import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';

/** The slot for a page's own buttons. Without any, an empty row is hidden. */
export class ActionsSlot {
  readonly #host: ReactiveControllerHost & HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
  }

  /** Whether the slot was empty at the last rendering. The platform reports the slot right after the first one. */
  get isEmpty(): boolean {
    const slot = this.#host.shadowRoot?.querySelector<HTMLSlotElement>('slot[name="actions"]');
    return (slot?.assignedElements({ flatten: true }).length ?? 0) === 0;
  }

  render(): TemplateResult {
    return html`<slot name="actions" @slotchange=${this.#update}></slot>`;
  }

  readonly #update = (): void => this.#host.requestUpdate();
}
