import { html, nothing, type TemplateResult } from 'lit';
import { isActive } from '../../core/internal.js';
import { closeIcon, minimiseIcon } from '../parts/icons.js';
import type { Language } from '../i18n/language.js';
import { isBroken } from '../download-recovery/is-broken.js';
import { countsDown, type ShownDownload } from '../shown-download.js';
import { attemptPhrase, reasonPhrase, statusPhrase } from '../i18n/phrases.js';
import type { DialogHandlers } from './dialog-actions.js';

/** Icon, name, status, and the button that minimises the dialog, or closes it when no download is active. */
export function renderHeader(
  download: ShownDownload | undefined,
  language: Language,
  { minimise, close }: Pick<DialogHandlers, 'minimise' | 'close'>,
): TemplateResult {
  const { texts } = language;
  const name = download?.name ?? texts.unknownModel;
  const isRunning = download !== undefined && isActive(download.status);
  const leaveLabel = isRunning ? texts.minimise : texts.close;
  return html`<div part="header" class="header">
    <slot part="icon" name="icon"></slot>
    <div class="heading">
      <h2 part="title" class="title" id="title" title=${name}><slot name="title"><bdi class="text">${name}</bdi></slot></h2>
      <p class="status" id="status">
        <span part="status">${headerText(download, language)}</span>
        ${
          download && showsAttempt(download)
            ? html`<span part="attempt" class="muted">${attemptPhrase(download, language)}</span>`
            : nothing
        }
      </p>
    </div>
    <button
      part="minimise"
      class="icon-button"
      type="button"
      aria-label=${leaveLabel}
      title=${leaveLabel}
      @click=${isRunning ? minimise : close}
    >
      ${isRunning ? minimiseIcon : closeIcon}
    </button>
  </div>`;
}

/** The status, which is also the dialog's description. Without an automatic retry it is the reason of the failure. */
function headerText(download: ShownDownload | undefined, language: Language): string {
  if (!download) return language.texts.noDownload;
  return isBroken(download) && !countsDown(download) ? reasonPhrase(download, language) : statusPhrase(download, language, Date.now());
}

/** Whether to show the attempt beside the status. The texts of the other statuses include the attempt, or the download has ended. */
function showsAttempt({ attempt, status }: ShownDownload): boolean {
  return attempt > 0 && (status === 'downloading' || status === 'stalled' || status === 'preparing');
}
