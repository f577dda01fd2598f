import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { Texts } from '../i18n/texts.js';
import { failedIcon } from '../parts/icons.js';

/** A form control of the page: a built-in one, or a form-associated custom element with the same methods. */
type Control = Element & Pick<HTMLInputElement, 'checkValidity' | 'focus'>;

/** The slot for terms of the page. Its form controls must be valid before a download starts, such as a required checkbox. */
export class TermsSlot {
  readonly #host: LitElement;
  /** Whether the user has started a download before the controls were valid. */
  #isRefused = false;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /**
   * Returns whether the terms are accepted: every control is valid. If not, the first invalid control receives the focus, and a text
   * is shown and announced. Each invalid control receives the `invalid` event of the platform.
   */
  accept(): boolean {
    const [first] = this.#controls.filter((control) => !control.checkValidity());
    this.#setRefused(first !== undefined);
    // After the text above the control was rendered, so that the control is scrolled into view.
    if (first) void this.#host.updateComplete.then(() => first.focus());
    return first === undefined;
  }

  render(texts: Texts): TemplateResult {
    return html`<div part="terms" class="terms" ?hidden=${this.#assigned.length === 0}>
      <p part="terms-hint" class="hint warning" role="alert">
        ${this.#isRefused ? html`${failedIcon}<span>${texts.acceptTerms}</span>` : nothing}
      </p>
      <slot name="terms" @slotchange=${this.#update} @input=${this.#update} @change=${this.#update}></slot>
    </div>`;
  }

  readonly #update = (): void => {
    // `checkValidity()` is not used: it would dispatch `invalid` at controls that the user has not reached yet.
    if (this.#isRefused) this.#setRefused(this.#controls.some((control) => !(control as Partial<HTMLInputElement>).validity?.valid));
    this.#host.requestUpdate();
  };

  #setRefused(isRefused: boolean): void {
    this.#isRefused = isRefused;
    this.#host.requestUpdate();
  }

  get #assigned(): readonly Element[] {
    const slot = this.#host.shadowRoot?.querySelector<HTMLSlotElement>('slot[name="terms"]');
    return slot?.assignedElements({ flatten: true }) ?? [];
  }

  get #controls(): readonly Control[] {
    return this.#assigned.flatMap((element) => [element, ...element.querySelectorAll('*')]).filter(isControl);
  }
}

/** A form also has `checkValidity()`, but no `validity`. */
function isControl(element: Element): element is Control {
  const { checkValidity, validity } = element as Partial<HTMLInputElement>;
  return typeof checkValidity === 'function' && validity !== undefined;
}
