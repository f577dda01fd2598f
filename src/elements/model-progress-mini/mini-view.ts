import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { ModelDownloadResumeRequestEvent } from '../../protocol/index.js';
import { CountdownController } from '../controllers/countdown-controller.js';
import { FocusController } from '../controllers/focus-controller.js';
import type { View } from '../parts/view.js';
import type { Language } from '../i18n/language.js';
import { amountPhrase, percentPhrase, progressPhrase, speedPhrase, statusPhrase, storedPhrase, timeLeftPhrase } from '../i18n/phrases.js';
import { actionButton } from '../parts/action-button.js';
import { expandIcon } from '../parts/icons.js';
import { progressBar } from '../parts/progress-bar.js';
import { isBusy, isUnattended, type ShownDownload } from '../shown-download.js';
import { styles } from './model-progress-mini.styles.js';

/** The collaborators of a {@link MiniView}. */
export interface MiniHandlers {
  /** The download that the row shows; `undefined` for none. */
  readonly shown: () => ShownDownload | undefined;
  /** Requests the dialog. */
  readonly open: () => void;
}

/** The row of a `<model-progress-mini>`. */
export class MiniView implements View {
  readonly styles = styles;
  readonly #host: LitElement;
  readonly #handlers: MiniHandlers;

  constructor(host: LitElement, handlers: MiniHandlers) {
    this.#host = host;
    this.#handlers = handlers;
    new CountdownController(host, () => handlers.shown()?.retryAt);
    new FocusController(host);
  }

  /** The row. */
  render(download: ShownDownload, language: Language): TemplateResult {
    const { texts } = language;
    const label = texts.open(download.name);
    return html`<div class="frame"><div
      part="mini"
      class=${download.isRestored ? 'mini offer' : 'mini'}
      lang=${language.locale}
      dir=${language.direction}
      data-status=${download.status}
    >
      <span class="name">
        <slot name="icon"></slot>
        <span part="title" class="title" title=${download.name}
          ><slot name="title"><bdi class="text">${download.name}</bdi></slot></span
        >
      </span>
      ${progressBar({
        label: download.name,
        valueText: progressPhrase(download, language, Date.now()),
        percent: download.percent,
        busy: isBusy(download.status),
      })}
      <span class="figures">${renderFigures(download, language)} ${this.#renderResume(download, language)}</span>
      ${isUnattended(download.status) ? html`<span part="tip" class="tip"><slot name="tip">${texts.shortTip}</slot></span>` : nothing}
      <button part="open" class="icon-button" type="button" aria-label=${label} title=${label} @click=${this.#handlers.open}>
        ${expandIcon}
      </button>
    </div></div>`;
  }

  /** The button that continues a download of an earlier visit. */
  #renderResume({ isRestored, can, modelKeys }: ShownDownload, { texts }: Language): TemplateResult | typeof nothing {
    if (!isRestored || !can.resume) return nothing;
    const onClick = (): void => {
      for (const modelKey of modelKeys) this.#host.dispatchEvent(new ModelDownloadResumeRequestEvent({ modelKey }));
    };
    return actionButton({ part: 'resume', label: texts.resume, onClick });
  }
}

function renderFigures(download: ShownDownload, language: Language): TemplateResult {
  const stored = storedPhrase(download, language);
  if (stored !== undefined) return html`<span part="status" class="status figure">${stored}</span>`;
  const moving = download.status === 'downloading' && !download.fromDevice;
  const amount = percentPhrase(download, language) ?? (download.bytes > 0 ? amountPhrase(download, language) : nothing);
  return html`
    <span part="percentage" class="percentage figure">${amount}</span>
    ${
      moving
        ? html`<span part="speed" class="speed figure">${speedPhrase(download, language)}</span>
          ${
            // Without a percentage there is no time left either, and its space is left to the name.
            download.percent === undefined
              ? nothing
              : html`<span part="time-left" class="time-left figure">${timeLeftPhrase(download, language)}</span>`
          }`
        : html`<span part="status" class="status">${statusPhrase(download, language, Date.now())}</span>`
    }
  `;
}
