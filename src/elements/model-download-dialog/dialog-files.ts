import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { formatBytes } from '../../core/index.js';
import { chevronIcon } from '../icons.js';
import type { Language } from '../language.js';
import { progressBar } from '../parts/progress-bar.js';
import type { ShownDownload, ShownFile } from '../shown-download.js';

/** The files behind a button that shows them. */
export function renderFiles(
  { files }: ShownDownload,
  language: Language,
  shown: boolean,
  toggle: () => void,
): TemplateResult | typeof nothing {
  if (files.length === 0) return nothing;
  const { locale, texts } = language;
  const format = new Intl.NumberFormat(locale);
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
      <bdi class="figure muted">${texts.filesDone(format.format(done), format.format(files.length))}</bdi>
    </button>
    <div part="files" class="files" id="files" role="group" aria-label=${texts.files} tabindex="0" ?hidden=${!shown}>
      ${shown ? html`<ul>${repeat(files, ({ name }) => name, (file) => renderFile(file, language))}</ul>` : nothing}
    </div>
  </div>`;
}

function renderFile(file: ShownFile, language: Language): TemplateResult {
  const words = fileWords(file, language);
  return html`<li part="file" class="file">
    <bdi part="file-name" class="text" title=${file.name}>${file.name}</bdi>
    <bdi part="file-amount" class="figure muted">${words}</bdi>
    ${progressBar({
      label: file.name,
      words,
      percent: file.percent ?? (isDone(file) ? 100 : undefined),
      busy: file.status === 'download',
      track: 'file-track',
      fill: 'file-fill',
    })}
  </li>`;
}

function fileWords(file: ShownFile, { locale, texts }: Language): string {
  const { bytes, total, cached, status } = file;
  if (cached) return texts.fileFromDevice;
  if (isDone(file)) return formatBytes(bytes, locale);
  if (status === 'waiting' && bytes === 0) return total === undefined ? texts.fileWaiting : formatBytes(total, locale);
  const here = formatBytes(bytes, locale);
  return total === undefined ? texts.amountSoFar(here) : texts.amount(here, formatBytes(total, locale));
}

function isDone({ status }: ShownFile): boolean {
  return status === 'loading' || status === 'ready';
}
