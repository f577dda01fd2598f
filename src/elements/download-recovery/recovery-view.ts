import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { FailureCode } from '../../core/index.js';
import {
  ModelDownloadCancelRequestEvent,
  ModelDownloadChooseModelRequestEvent,
  ModelDownloadRestartRequestEvent,
  ModelDownloadRetryRequestEvent,
} from '../../protocol/index.js';
import { CountdownController } from '../controllers/countdown-controller.js';
import { FocusController } from '../controllers/focus-controller.js';
import type { View } from '../parts/view.js';
import type { Language } from '../i18n/language.js';
import { attemptPhrase, statusPhrase } from '../i18n/phrases.js';
import { actionButton } from '../parts/action-button.js';
import { ActionsSlot } from '../parts/actions-slot.js';
import { failedIcon, waitingIcon } from '../parts/icons.js';
import { countsDown, type ShownDownload } from '../shown-download.js';
import { styles } from './download-recovery.styles.js';
import { isFinal } from './is-final.js';

/** The element of a {@link RecoveryView}. */
export interface RecoveryHost extends LitElement {
  /** The key of the model. */
  readonly modelKey: string;
}

/** The collaborators of a {@link RecoveryView}. */
export interface RecoveryViewOptions {
  /** The download that waits or has failed; `undefined` for none. */
  readonly shown: () => ShownDownload | undefined;
  /** Whether a dialog contains the element. */
  readonly isInsideDialog: () => boolean;
  readonly language: () => Language;
}

/** The reason and the actions in a `<download-recovery>`. */
export class RecoveryView implements View {
  readonly styles = styles;
  readonly #host: RecoveryHost;
  readonly #options: RecoveryViewOptions;
  readonly #slot: ActionsSlot;

  constructor(host: RecoveryHost, options: RecoveryViewOptions) {
    this.#host = host;
    this.#options = options;
    this.#slot = new ActionsSlot(host);
    new CountdownController(host, () => options.shown()?.retryAt);
    new FocusController(host);
  }

  /** The reason and the actions. */
  render(download: ShownDownload): TemplateResult {
    const { locale, direction, texts } = this.#options.language();
    const { title } = texts.failure[download.failureCode ?? 'network'];
    // Without a countdown the dialog's header shows this title already.
    const hasTitle = countsDown(download) || !this.#options.isInsideDialog();
    const actions = this.#renderActions(download);
    return html`<div class="frame"><section
      part="recovery"
      class="recovery"
      lang=${locale}
      dir=${direction}
      aria-label=${title}
      data-status=${download.status}
    >
      <span part="icon" class="symbol">${download.status === 'waiting' ? waitingIcon : failedIcon}</span>
      <div class="words">
        ${hasTitle ? html`<p part="title" class="title">${title}</p>` : nothing}
        ${this.#renderAdvice(download)} ${this.#renderNextAttempt(download)} ${this.#renderMessage(download)}
      </div>
      <div part="actions" class="actions" ?hidden=${actions.length === 0 && this.#slot.isEmpty}>${actions}${this.#slot.render()}</div>
    </section></div>`;
  }

  #renderAdvice(download: ShownDownload): TemplateResult | typeof nothing {
    // During a countdown the user has nothing to do.
    if (countsDown(download)) return nothing;
    const { texts } = this.#options.language();
    const { advice, lastAdvice } = texts.failure[download.failureCode ?? 'network'];
    const last = download.attempt > 0 ? texts.finalFailure(lastAdvice) : lastAdvice;
    return html`<p part="advice" class="muted">${isFinal(download) ? last : advice}</p>`;
  }

  #renderNextAttempt(download: ShownDownload): TemplateResult | typeof nothing {
    const language = this.#options.language();
    // Inside a dialog the header shows the countdown.
    const showsCountdown = countsDown(download) && !this.#options.isInsideDialog();
    const showsAttempt = download.attempt > 0 && !isFinal(download);
    const countdown = showsCountdown ? html`<span part="countdown">${statusPhrase(download, language, Date.now())}</span>` : nothing;
    const attempt = showsAttempt ? html`<span part="attempt" class="muted">${attemptPhrase(download, language)}</span>` : nothing;
    return showsCountdown || showsAttempt ? html`<p class="prospect figure">${countdown} ${attempt}</p>` : nothing;
  }

  #renderMessage({ error }: ShownDownload): TemplateResult | typeof nothing {
    if (!error) return nothing;
    return html`<details part="details" class="details">
      <summary>${this.#options.language().texts.technicalDetails}</summary>
      <pre part="message" class="message" dir="auto" tabindex="0">${error}</pre>
    </details>`;
  }

  /** The recommended action comes first, as the primary button. */
  #renderActions({ can, status, failureCode }: ShownDownload): TemplateResult[] {
    const { texts } = this.#options.language();
    const isWaiting = status === 'waiting';
    const actions: readonly [isOffered: boolean | undefined, part: string, label: string, onClick: () => void][] = [
      [can.retry, 'retry', texts.retry, this.#retry],
      // A waiting download continues automatically with the stored bytes.
      [can.restart && !isWaiting, 'restart', texts.restart, this.#restart],
      [can.chooseModel, 'choose-model', texts.chooseModel, this.#chooseModel],
      // Inside a dialog the footer has this button.
      [can.cancel && isWaiting && !this.#options.isInsideDialog(), 'cancel', texts.cancel, this.#cancel],
    ];
    const offered = actions.filter(([isOffered]) => isOffered);
    const main = recommendedParts(failureCode)
      .map((recommended) => offered.find(([, part]) => part === recommended))
      .find((action) => action !== undefined);
    return [...(main ? [main] : []), ...offered.filter((action) => action !== main)].map((action) => {
      const [, part, label, onClick] = action;
      return actionButton({ part, variant: action === main ? 'primary' : 'quiet', label, onClick });
    });
  }

  get #detail(): { readonly modelKey: string } {
    return { modelKey: this.#host.modelKey };
  }

  readonly #retry = (): void => {
    this.#host.dispatchEvent(new ModelDownloadRetryRequestEvent(this.#detail));
  };

  readonly #restart = (): void => {
    this.#host.dispatchEvent(new ModelDownloadRestartRequestEvent(this.#detail));
  };

  readonly #chooseModel = (): void => {
    const reason = this.#options.shown()?.failureCode;
    this.#host.dispatchEvent(new ModelDownloadChooseModelRequestEvent({ ...this.#detail, reason }));
  };

  readonly #cancel = (): void => {
    this.#host.dispatchEvent(new ModelDownloadCancelRequestEvent(this.#detail));
  };
}

/** The buttons that match the advice for a failure, the best first. */
function recommendedParts(code: FailureCode | undefined): readonly string[] {
  switch (code) {
    case 'changed':
    case 'corrupt':
      return ['restart', 'retry', 'choose-model'];
    case 'unauthorized':
    case 'not-found':
      return ['choose-model', 'retry'];
    // No button can reload the page or change its policy.
    case 'runtime':
    case 'blocked':
      return [];
    default:
      return ['retry', 'choose-model'];
  }
}
