import { html, type TemplateResult } from 'lit';

/** The options of `actionButton`. */
export interface ActionButtonOptions {
  /** The part name in addition to `button`. */
  readonly part: string;
  readonly label: string;
  readonly onClick: () => void;
  /** The style of the button. */
  readonly variant?: 'primary' | 'plain' | 'quiet';
}

/** A button with a text label. */
export function actionButton({ part, label, onClick, variant = 'plain' }: ActionButtonOptions): TemplateResult {
  return html`<button part="button ${part}" class="button ${variant}" type="button" @click=${onClick}>${label}</button>`;
}
