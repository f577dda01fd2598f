import { html, type TemplateResult } from 'lit';

/** What a button does. */
export interface ActionButtonOptions {
  /** Its part name, beside `button`. */
  readonly part: string;
  readonly words: string;
  readonly act: () => void;
  /** How much it stands out. */
  readonly look?: 'primary' | 'plain' | 'quiet';
}

/** One button with words on it. */
export function actionButton({ part, words, act, look = 'plain' }: ActionButtonOptions): TemplateResult {
  return html`<button part="button ${part}" class="button ${look}" type="button" @click=${act}>${words}</button>`;
}
