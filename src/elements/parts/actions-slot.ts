import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';

/** The slot for a page's own buttons, which tells whether there are any: an empty row must not take room. */
export class ActionsSlot {
  readonly #host: ReactiveControllerHost & HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
  }

  /** Whether the page has put nothing into it, as of the last drawing. The platform reports right after the first one. */
  get isEmpty(): boolean {
    const slot = this.#host.shadowRoot?.querySelector<HTMLSlotElement>('slot[name="actions"]');
    return (slot?.assignedElements({ flatten: true }).length ?? 0) === 0;
  }

  render(): TemplateResult {
    return html`<slot name="actions" @slotchange=${this.#redraw}></slot>`;
  }

  readonly #redraw = (): void => this.#host.requestUpdate();
}
