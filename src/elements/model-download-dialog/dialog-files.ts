import { html, nothing, type TemplateResult } from 'lit';
import { chevronIcon } from '../parts/icons.js';
import type { Language } from '../i18n/language.js';
import { progressBar } from '../parts/progress-bar.js';
import type { ShownDownload, ShownFile } from '../shown-download.js';
import { countOf } from '../i18n/count-of.js';
import { amountPhrase, sizePhrase } from '../i18n/phrases.js';

/** The list of files, and the button that shows or hides it. */
export function renderFiles(
  { files }: ShownDownload,
  language: Language,
  shown: boolean,
  toggle: () => void,
): TemplateResult | typeof nothing {
  if (files.length === 0) return nothing;
  const { locale, texts } = language;
  const done = files.filter(isDone).length;
  return html`<div class="details">
    <button
      part="toggle"
      class="toggle"
      type="button"
      aria-expanded=${shown ? 'true' : 'false'}
      aria-controls="files"
      @click=${toggle}
    >
      ${chevronIcon}<span class="label">${shown ? texts.hideDetails : texts.showDetails}</span>
      <span class="figure muted">${texts.filesDone(countOf(done, locale), countOf(files.length, locale))}</span>
    </button>
    <div part="files" class="files" id="files" role="group" aria-label=${texts.files} tabindex="0" ?hidden=${!shown}>
      ${shown ? html`<ul>${files.map((file) => renderFile(file, language))}</ul>` : nothing}
    </div>
  </div>`;
}

function renderFile(file: ShownFile, language: Language): TemplateResult {
  const valueText = fileText(file, language);
  return html`<li part="file" class="file">
    <bdi part="file-name" class="text" title=${file.name}>${file.name}</bdi>
    <span part="file-amount" class="figure muted">${valueText}</span>
    ${progressBar({
      label: file.name,
      valueText,
      percent: file.percent ?? (isDone(file) ? 100 : undefined),
      busy: file.status === 'download',
      track: 'file-track',
      fill: 'file-fill',
    })}
  </li>`;
}

function fileText(file: ShownFile, language: Language): string {
  const { texts } = language;
  const { bytes, total, cached, status } = file;
  if (cached) return texts.fileFromDevice;
  if (isDone(file)) return sizePhrase(bytes, language);
  if (status === 'waiting' && bytes === 0) return total === undefined ? texts.fileWaiting : sizePhrase(total, language);
  return amountPhrase(file, language);
}

function isDone({ status }: ShownFile): boolean {
  return status === 'loading' || status === 'ready';
}
