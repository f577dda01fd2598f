import { html, nothing, type TemplateResult } from 'lit';
import { isActive } from '../../core/internal.js';
import { closeIcon, minimiseIcon } from '../parts/icons.js';
import type { Language } from '../i18n/language.js';
import { countsDown, isBroken, type ShownDownload } from '../shown-download.js';
import { attemptPhrase, reasonPhrase, statusPhrase } from '../i18n/phrases.js';
import type { DialogHandlers } from './dialog-actions.js';

/** Icon, name, status, and the button that makes the dialog small, or closes it where nothing is under way. */
export function renderHeader(
  download: ShownDownload | undefined,
  language: Language,
  { minimise, close }: Pick<DialogHandlers, 'minimise' | 'close'>,
): TemplateResult {
  const { texts } = language;
  const name = download?.name ?? texts.unknownModel;
  const runs = download !== undefined && isActive(download.status);
  const leave = runs ? texts.minimise : texts.close;
  return html`<div part="header" class="header">
    <slot part="icon" name="icon"></slot>
    <div class="heading">
      <h2 part="title" class="title" id="title" title=${name}><slot name="title"><bdi class="text">${name}</bdi></slot></h2>
      <p class="status" id="status">
        <span part="status">${headerWords(download, language)}</span>
        ${
          download && saysAttempt(download) ? html`<span part="attempt" class="muted">${attemptPhrase(download, language)}</span>` : nothing
        }
      </p>
    </div>
    <button
      part="minimise"
      class="icon-button"
      type="button"
      aria-label=${leave}
      title=${leave}
      @click=${runs ? minimise : close}
    >
      ${runs ? minimiseIcon : closeIcon}
    </button>
  </div>`;
}

/** The status, by which the dialog is described. Of a download that does not go on by itself it is the reason. */
function headerWords(download: ShownDownload | undefined, language: Language): string {
  if (!download) return language.texts.noDownload;
  return isBroken(download) && !countsDown(download) ? reasonPhrase(download, language) : statusPhrase(download, language, Date.now());
}

/** Whether the attempt belongs beside the status: the other statuses say it themselves, or it is over. */
function saysAttempt({ attempt, status }: ShownDownload): boolean {
  return attempt > 0 && (status === 'downloading' || status === 'stalled' || status === 'preparing');
}
