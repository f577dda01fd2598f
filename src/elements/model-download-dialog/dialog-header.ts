import { html, nothing, type TemplateResult } from 'lit';
import { minimiseIcon } from '../icons.js';
import type { Language } from '../language.js';
import type { ShownDownload } from '../shown-download.js';
import { attemptWords, statusWords } from '../words.js';

/** Icon, name, status, and the button that makes the dialog small. */
export function renderHeader(
  download: ShownDownload | undefined,
  language: Language,
  minimise: () => void,
): TemplateResult {
  const { texts } = language;
  const name = download?.name ?? texts.unknownModel;
  const words = download ? statusWords(download, language, Date.now()) : texts.noDownload;
  return html`<div part="header" class="header">
    <slot part="icon" name="icon"></slot>
    <div class="heading">
      <h2 part="title" class="title" id="title" title=${name}><slot name="title"><bdi class="text">${name}</bdi></slot></h2>
      <p class="status" id="status">
        <span part="status">${words}</span>
        ${download && saysAttempt(download)
          ? html`<span part="attempt" class="muted">${attemptWords(download, language)}</span>`
          : nothing}
      </p>
    </div>
    <button
      part="minimise"
      class="icon-button"
      type="button"
      aria-label=${texts.minimise}
      title=${texts.minimise}
      @click=${minimise}
    >
      ${minimiseIcon}
    </button>
  </div>`;
}

/** Whether the attempt belongs beside the status: the other statuses say it themselves, or it is over. */
function saysAttempt({ attempt, status }: ShownDownload): boolean {
  return attempt > 0 && (status === 'downloading' || status === 'stalled' || status === 'preparing');
}
