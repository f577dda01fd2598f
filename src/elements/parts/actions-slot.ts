import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';

/** The slot for a page's own buttons. The row of buttons is hidden if it has neither these nor others. */
export class ActionsSlot {
  readonly #host: ReactiveControllerHost & HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
  }

  /** Whether the slot was empty at the last rendering. After the first rendering, a `slotchange` event updates the host. */
  get isEmpty(): boolean {
    const slot = this.#host.shadowRoot?.querySelector<HTMLSlotElement>('slot[name="actions"]');
    return (slot?.assignedElements({ flatten: true }).length ?? 0) === 0;
  }

  render(): TemplateResult {
    return html`<slot name="actions" @slotchange=${this.#update}></slot>`;
  }

  readonly #update = (): void => this.#host.requestUpdate();
}
