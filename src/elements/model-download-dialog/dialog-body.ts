// In: a checked download, and a language. Out: the templates of the figures, the bar and the notices.
import { html, nothing, type TemplateResult } from 'lit';
import { isActive } from '../../core/internal.js';
import { connectionText } from '../controllers/connection-controller.js';
import { doneIcon, downloadIcon, failedIcon, tipIcon, waitingIcon } from '../parts/icons.js';
import type { Language } from '../i18n/language.js';
import { progressBar } from '../parts/progress-bar.js';
import { isBusy, isOnDevice, isUnattended, missingBytes, type ShownDownload } from '../shown-download.js';
import {
  amountPhrase,
  durationPhrase,
  percentPhrase,
  progressPhrase,
  sizePhrase,
  speedPhrase,
  storedPhrase,
  timeLeftPhrase,
} from '../i18n/phrases.js';

type Piece = TemplateResult | typeof nothing;

/** The facts that are known before the start: size, cached bytes, free space. */
export function renderFacts(download: ShownDownload, language: Language): TemplateResult {
  const { total, fits, excludesRuntime } = download;
  const { texts } = language;
  const missing = missingBytes(download);
  const size = total === undefined ? texts.sizeUnknown : sizePhrase(missing > 0 ? missing : total, language);
  return html`<ul part="facts" class="facts">
    <li>${downloadIcon}<span>${missing > 0 ? texts.downloadSize(size) : size}</span></li>
    ${renderAvailability(download, language)}
    ${excludesRuntime ? html`<li>${tipIcon}<span>${texts.excludesRuntime}</span></li>` : nothing}
    ${
      fits === undefined || isOnDevice(download)
        ? nothing
        : html`<li class=${fits ? '' : 'warning'}>
          ${fits ? doneIcon : failedIcon}<span>${fits ? texts.fits : texts.doesNotFit}</span>
        </li>`
    }
    ${isOnDevice(download) ? nothing : renderConnection(missing, download, language)}
  </ul>`;
}

/** The facts about an unfinished download of an earlier visit that matter before it continues. */
export function renderResumeFacts(download: ShownDownload, language: Language): Piece {
  const { isRestored, bytes, total = 0 } = download;
  const notice = isRestored ? renderConnection(total - bytes, download, language) : nothing;
  return notice === nothing ? nothing : html`<ul part="facts" class="facts">${notice}</ul>`;
}

/** A metered or slow connection, with the time that the missing bytes take at the speed of the last download. */
function renderConnection(missing: number, { lastSpeed = 0 }: ShownDownload, { locale, texts }: Language): Piece {
  const text = connectionText();
  if (text === undefined) return nothing;
  const seconds = missing > 0 && lastSpeed > 0 ? missing / lastSpeed : undefined;
  return html`<li part="connection" class="warning">${failedIcon}<span>${texts[text]}</span></li>
    ${
      seconds === undefined
        ? nothing
        : html`<li part="last-speed">${waitingIcon}<span>${texts.timeAtLastSpeed(durationPhrase(seconds, locale, texts.fewSeconds))}</span></li>`
    }`;
}

/** Whether the model is on this device, or how many bytes of it. */
function renderAvailability(download: ShownDownload, language: Language): Piece {
  const { texts } = language;
  const { total = 0, cached } = download;
  const missing = missingBytes(download);
  if (missing > 0 && missing < total)
    return html`<li>${doneIcon}<span>${texts.partlyOnDevice(sizePhrase(total - missing, language))}</span></li>`;
  const isStored = isOnDevice(download);
  if (cached === undefined && !isStored) return nothing;
  return html`<li>
    ${isStored ? doneIcon : waitingIcon}<span>${isStored ? texts.onDevice : texts.notOnDevice}</span>
  </li>`;
}

/** The progress bar and its figures. In each row a figure keeps its place while the other one is missing. */
export function renderProgress(download: ShownDownload, language: Language): TemplateResult {
  const percent = percentPhrase(download, language);
  const hasAmount = download.bytes > 0 || (download.total !== undefined && !download.isRestored);
  const amount = hasAmount ? (storedPhrase(download, language) ?? amountPhrase(download, language)) : nothing;
  const speed = html`<span part="speed" class="figure muted">${speedPhrase(download, language)}</span>`;
  return html`<div class="progress">
    <div class="figures">
      <span part=${percent ? 'percentage' : 'amount'} class="large figure">${percent ?? amount}</span>
      ${percent ? html`<span part="time-left" class="figure muted">${timeLeftPhrase(download, language)}</span>` : speed}
    </div>
    ${progressBar({
      label: download.name,
      valueText: progressPhrase(download, language, Date.now()),
      percent: download.percent,
      busy: isBusy(download.status),
    })}
    ${
      percent && amount !== nothing
        ? html`<div class="figures">
          <span part="amount" class=${download.isRestored ? 'muted' : 'figure muted'}>${amount}</span>
          ${speed}
        </div>`
        : nothing
    }
  </div>`;
}

/** The notice about the storage of the downloaded bytes. */
export function renderKept({ kept, status }: ShownDownload, { texts }: Language): Piece {
  if (kept === false && (isActive(status) || status === 'completed')) return notice(failedIcon, texts.notKept);
  return kept === true && status === 'cancelled' ? notice(doneIcon, texts.kept) : nothing;
}

/** The notice about the cancel button, which is below the notice. */
export function renderCancelHint({ kept, can, status, bytes, percent }: ShownDownload, { texts }: Language): Piece {
  // Without the transfer layer nothing can be paused, and `kept` is undefined.
  const unstoppable = isActive(status) && can.cancel && !can.pause && !can.resume && kept === undefined;
  return unstoppable && (bytes > 0 || (percent ?? 0) > 0) ? notice(tipIcon, texts.cancelHint) : nothing;
}

/** The tip: what the user can do during the download. */
export function renderTip({ status, fromDevice }: ShownDownload, { texts }: Language): Piece {
  // The tip's text mentions a download.
  if (!isUnattended(status) || fromDevice) return nothing;
  return html`<p part="tip" class="notice">${tipIcon}<span><slot name="tip">${texts.tip}</slot></span></p>`;
}

function notice(icon: TemplateResult, text: string): TemplateResult {
  return html`<p part="notice" class="notice">${icon}<span>${text}</span></p>`;
}
