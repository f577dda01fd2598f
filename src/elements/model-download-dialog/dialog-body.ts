import { html, nothing, type TemplateResult } from 'lit';
import { isActive } from '../../core/internal.js';
import { doneIcon, downloadIcon, failedIcon, tipIcon, waitingIcon } from '../parts/icons.js';
import { isBusy, takesTime } from '../is-busy.js';
import type { Language } from '../i18n/language.js';
import { progressBar } from '../parts/progress-bar.js';
import type { ShownDownload } from '../shown-download.js';
import { amountPhrase, percentPhrase, progressPhrase, sizePhrase, speedPhrase, timeLeftPhrase } from '../i18n/phrases.js';

type Piece = TemplateResult | typeof nothing;

/** What is known before the start. */
export function renderFacts(download: ShownDownload, language: Language): TemplateResult {
  const { total, cached, fits, excludesRuntime } = download;
  const { texts } = language;
  const missing = total === undefined ? 0 : total - here(download);
  const size = total === undefined ? texts.sizeUnknown : sizePhrase(missing > 0 ? missing : total, language);
  return html`<ul part="facts" class="facts">
    <li>${downloadIcon}<span>${missing > 0 ? texts.downloadSize(size) : size}</span></li>
    ${renderPlace(download, language)}
    ${excludesRuntime ? html`<li>${tipIcon}<span>${texts.excludesRuntime}</span></li>` : nothing}
    ${
      fits === undefined || cached
        ? nothing
        : html`<li class=${fits ? '' : 'warning'}>
          ${fits ? doneIcon : failedIcon}<span>${fits ? texts.fits : texts.doesNotFit}</span>
        </li>`
    }
  </ul>`;
}

/** Whether it is on this device, or how much of it. */
function renderPlace(download: ShownDownload, language: Language): Piece {
  const { texts } = language;
  const { total = 0, cached } = download;
  const bytes = here(download);
  if (bytes > 0 && bytes < total) return html`<li>${doneIcon}<span>${texts.partlyOnDevice(sizePhrase(bytes, language))}</span></li>`;
  if (cached === undefined) return nothing;
  return html`<li>
    ${cached ? doneIcon : waitingIcon}<span>${cached ? texts.onDevice : texts.notOnDevice}</span>
  </li>`;
}

/** Bytes of the total that are on this device. */
function here({ total = 0, cached, cachedBytes }: ShownDownload): number {
  return Math.min(total, cachedBytes ?? (cached ? total : 0));
}

/** The bar and the figures around it. Their rows keep their height while figures come and go. */
export function renderProgress(download: ShownDownload, language: Language): TemplateResult {
  const percent = percentPhrase(download, language);
  const amount = download.bytes > 0 || download.total !== undefined ? amountPhrase(download, language) : nothing;
  return html`<div class="progress">
    <div class="figures">
      <span part=${percent ? 'percentage' : 'amount'} class="large figure">${percent ?? amount}</span>
      ${percent && amount !== nothing ? html`<span part="amount" class="figure muted">${amount}</span>` : nothing}
    </div>
    ${progressBar({
      label: download.name,
      words: progressPhrase(download, language, Date.now()),
      percent: download.percent,
      busy: isBusy(download.status),
    })}
    ${
      isActive(download.status) && download.status !== 'waiting'
        ? html`<div class="figures small">
          <span part="speed" class="figure muted">${speedPhrase(download, language)}</span>
          <span part="time-left" class="figure muted">${timeLeftPhrase(download, language)}</span>
        </div>`
        : nothing
    }
  </div>`;
}

/** Sentences that matter at the moment. */
export function renderNotices({ kept, can, status, bytes, percent }: ShownDownload, { texts }: Language): TemplateResult {
  const running = isActive(status);
  // Only where the runtime alone carries the bytes, it is unknown whether they are kept.
  const unstoppable = running && can.cancel && !can.pause && !can.resume && kept === undefined && (bytes > 0 || (percent ?? 0) > 0);
  return html`
    ${kept === false && (running || status === 'completed') ? notice(failedIcon, texts.notKept) : nothing}
    ${kept === true && status === 'cancelled' ? notice(doneIcon, texts.kept) : nothing}
    ${unstoppable ? notice(tipIcon, texts.cancelHint) : nothing}
  `;
}

/** What the user may do meanwhile. */
export function renderTip({ status, fromDevice }: ShownDownload, { texts }: Language): Piece {
  // It says that the model downloads.
  if (!takesTime(status) || fromDevice) return nothing;
  return html`<p part="tip" class="notice">${tipIcon}<span><slot name="tip">${texts.tip}</slot></span></p>`;
}

function notice(icon: TemplateResult, words: string): TemplateResult {
  return html`<p part="notice" class="notice">${icon}<span>${words}</span></p>`;
}
