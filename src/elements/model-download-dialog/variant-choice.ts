// The choice between the variants of a model. Imported by a dialog whose model has several.
import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../i18n/language.js';
import { sizePhrase } from '../i18n/phrases.js';
import type { ShownDownload, ShownVariant } from '../shown-download.js';

export { variantStyles } from './variant-choice.styles.js';

/** The variants as radio buttons. @param select Called with the key of the variant that the user selects. */
export function renderVariants(
  { variants, variant: selected }: ShownDownload,
  language: Language,
  select: (variant: string) => void,
): TemplateResult {
  return html`<fieldset part="variants" class="variants">
    <legend part="variants-title">${language.texts.variants}</legend>
    ${variants.map(
      (variant) => html`<label part="variant" class="variant">
        <input
          part="variant-input"
          type="radio"
          name="variant"
          .checked=${variant.variant === selected}
          @change=${() => select(variant.variant)}
        />
        <span class="variant-text">
          <bdi part="variant-name" class="text">${variant.name}</bdi>
          <span part="variant-facts" class="variant-facts">${renderFacts(variant, language)}</span>
        </span>
      </label>`,
    )}
  </fieldset>`;
}

function renderFacts({ total, cached, fits }: ShownVariant, language: Language): TemplateResult {
  const { texts } = language;
  const size = total === undefined ? texts.sizeUnknown : sizePhrase(total, language);
  const isTooBig = fits === false && !cached;
  return html`<span class="figure">${size}</span>
    ${cached ? html`<span>${texts.onDevice}</span>` : nothing}
    ${isTooBig ? html`<span class="warning">${texts.doesNotFit}</span>` : nothing}`;
}
