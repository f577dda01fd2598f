import '../lit-policy.js'; // before Lit
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { FailureCode } from '../../core/index.js';
import {
  ModelDownloadCancelRequestEvent,
  ModelDownloadChooseModelRequestEvent,
  ModelDownloadRestartRequestEvent,
  ModelDownloadRetryRequestEvent,
} from '../../protocol/index.js';
import { adoptStyles, createStyledRoot } from '../adopt-styles.js';
import { AnnouncerController } from '../controllers/announcer-controller.js';
import { CountdownController } from '../controllers/countdown-controller.js';
import { DownloadController } from '../controllers/download-controller.js';
import { FocusController } from '../controllers/focus-controller.js';
import { LocaleController } from '../controllers/locale-controller.js';
import { OpenDialogController } from '../controllers/open-dialog-controller.js';
import { CustomStates } from '../custom-states.js';
import { failedIcon, waitingIcon } from '../parts/icons.js';
import { ActionsSlot } from '../parts/actions-slot.js';
import { actionButton } from '../parts/action-button.js';
import { countsDown, isBroken, type ShownDownload } from '../shown-download.js';
import { attemptPhrase, statusPhrase } from '../i18n/phrases.js';
import { styles } from './download-recovery.styles.js';

/**
 * The reason why a download waits or failed, with the actions that help.
 *
 * Renders nothing in the other states, or while an open `<model-download-dialog>` of the document shows the
 * same download.
 *
 * @summary Explains a failed model download and offers the actions that help.
 * @tagname download-recovery
 *
 * @slot actions - More buttons after its own.
 *
 * @fires {ModelDownloadRetryRequestEvent} model-download-retry-request - The user requested another attempt.
 * @fires {ModelDownloadRestartRequestEvent} model-download-restart-request - The user requested a restart from the first byte.
 * @fires {ModelDownloadChooseModelRequestEvent} model-download-choose-model-request - The user requested a different model.
 * @fires {ModelDownloadCancelRequestEvent} model-download-cancel-request - The user cancelled a waiting download.
 * @fires {ModelDownloadQueryEvent} model-download-query - Requests the current state of the download.
 *
 * @csspart recovery - The whole element.
 * @csspart icon - The symbol before the title.
 * @csspart title - What happened.
 * @csspart advice - What the user can do.
 * @csspart countdown - The time until the next attempt.
 * @csspart attempt - The number of the attempt.
 * @csspart details - The disclosure with the technical message.
 * @csspart message - The technical message.
 * @csspart actions - The row of buttons.
 * @csspart button - Every button.
 * @csspart retry - The button that tries again.
 * @csspart restart - The button that starts over.
 * @csspart choose-model - The button that requests a different model.
 * @csspart cancel - The button that cancels a waiting download.
 *
 * @cssproperty [--model-download-accent-color] - Color of the main button and of the focus ring.
 * @cssproperty [--model-download-accent-text-color] - Color of the text on the main button.
 * @cssproperty [--model-download-raised-color] - Background color.
 * @cssproperty [--model-download-text-color] - Color of the text.
 * @cssproperty [--model-download-muted-color] - Color of secondary text.
 * @cssproperty [--model-download-border-color] - Color of the border.
 * @cssproperty [--model-download-control-border-color] - Color of the buttons' border.
 * @cssproperty [--model-download-warning-color] - Color of the symbol while waiting.
 * @cssproperty [--model-download-danger-color] - Color of the symbol after a failure.
 * @cssproperty [--model-download-radius=0.75rem] - Radius of the corners.
 * @cssproperty [--model-download-control-radius] - Radius of the buttons' corners. Default: two thirds of `--model-download-radius`.
 * @cssproperty [--model-download-font-family=system-ui] - Font of the text.
 * @cssproperty [--model-download-spacing=1] - Factor of all distances; 0.6 when `density` is `compact`.
 * @cssproperty [--model-download-font-size=0.875rem] - Font size; 0.8125rem when `density` is `compact`.
 *
 * @cssstate empty - The element renders nothing.
 * @cssstate waiting - The next attempt starts automatically.
 * @cssstate failed - The download failed.
 * @cssstate final - The download failed, and no further attempt is possible.
 */
export class DownloadRecoveryElement extends LitElement {
  /** The tag name that `model-download/define` registers. */
  static readonly tagName = 'download-recovery';

  /** The style sheets of the shadow root. Pages style the element by parts and custom properties. */
  static override styles = styles;

  /** The key of the model. */
  @property({ attribute: 'model-key' }) modelKey = '';

  /** The density of the layout: `compact`, or comfortable when `undefined`. */
  @property({ reflect: true }) density: 'compact' | undefined;

  readonly #locale = new LocaleController(this);
  readonly #announcer = new AnnouncerController(this, () => (this.#isInsideDialog() ? 'none' : 'page'));
  readonly #dialogs = new OpenDialogController(this);
  readonly #download = new DownloadController(
    this,
    () => this.modelKey,
    (download) => this.#announcer.announce(this.modelKey, download, this.#locale.language),
  );
  readonly #slot = new ActionsSlot(this);
  readonly #states = new CustomStates(this);

  constructor() {
    super();
    new CountdownController(this, () => this.#shown()?.retryAt);
    new FocusController(this);
  }

  /** Called by the platform after a move to another document, which needs its own style sheets. */
  adoptedCallback(): void {
    adoptStyles(this);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return createStyledRoot(this, () => super.createRenderRoot());
  }

  protected override willUpdate(): void {
    const download = this.#shown();
    if (!download) this.#states.show('empty');
    else if (isFinal(download)) this.#states.show('failed', 'final');
    else this.#states.show(download.status);
  }

  protected override render(): TemplateResult {
    const download = this.#shown();
    return html`${download ? this.#renderRecovery(download) : nothing}${this.#announcer.render()}`;
  }

  #renderRecovery(download: ShownDownload): TemplateResult {
    const { locale, direction, texts } = this.#locale.language;
    const { title } = texts.failure[download.failureCode ?? 'network'];
    // Without a countdown the dialog's header shows this title already.
    const hasTitle = countsDown(download) || !this.#isInsideDialog();
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
    const { texts } = this.#locale.language;
    const { advice, lastAdvice } = texts.failure[download.failureCode ?? 'network'];
    const last = download.attempt > 0 ? texts.finalFailure(lastAdvice) : lastAdvice;
    return html`<p part="advice" class="muted">${isFinal(download) ? last : advice}</p>`;
  }

  #renderNextAttempt(download: ShownDownload): TemplateResult | typeof nothing {
    const { language } = this.#locale;
    // Inside a dialog the header shows the countdown.
    const showsCountdown = countsDown(download) && !this.#isInsideDialog();
    const showsAttempt = download.attempt > 0 && !isFinal(download);
    const countdown = showsCountdown ? html`<span part="countdown">${statusPhrase(download, language, Date.now())}</span>` : nothing;
    const attempt = showsAttempt ? html`<span part="attempt" class="muted">${attemptPhrase(download, language)}</span>` : nothing;
    return showsCountdown || showsAttempt ? html`<p class="prospect figure">${countdown} ${attempt}</p>` : nothing;
  }

  #renderMessage({ error }: ShownDownload): TemplateResult | typeof nothing {
    if (!error) return nothing;
    return html`<details part="details" class="details">
      <summary>${this.#locale.language.texts.technicalDetails}</summary>
      <pre part="message" class="message" dir="auto" tabindex="0">${error}</pre>
    </details>`;
  }

  /** The recommended action comes first, as the primary button. */
  #renderActions({ can, status, failureCode }: ShownDownload): TemplateResult[] {
    const { texts } = this.#locale.language;
    const isWaiting = status === 'waiting';
    const actions: readonly [isOffered: boolean | undefined, part: string, label: string, onClick: () => void][] = [
      [can.retry, 'retry', texts.retry, this.#retry],
      // A waiting download continues automatically with the stored bytes.
      [can.restart && !isWaiting, 'restart', texts.restart, this.#restart],
      [can.chooseModel, 'choose-model', texts.chooseModel, this.#chooseModel],
      // Inside a dialog the footer has this button.
      [can.cancel && isWaiting && !this.#isInsideDialog(), 'cancel', texts.cancel, this.#cancel],
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

  #shown(): ShownDownload | undefined {
    const download = this.#download.current;
    return download && isBroken(download) && !this.#dialogs.shows(this.modelKey) ? download : undefined;
  }

  /** Whether the element is in the shadow root of a dialog, which makes the announcements for both. */
  #isInsideDialog(): boolean {
    return (this.getRootNode() as Partial<ShadowRoot>).host?.localName === 'model-download-dialog';
  }

  readonly #retry = (): void => {
    this.dispatchEvent(new ModelDownloadRetryRequestEvent({ modelKey: this.modelKey }));
  };

  readonly #restart = (): void => {
    this.dispatchEvent(new ModelDownloadRestartRequestEvent({ modelKey: this.modelKey }));
  };

  readonly #chooseModel = (): void => {
    const reason = this.#download.current?.failureCode;
    this.dispatchEvent(new ModelDownloadChooseModelRequestEvent({ modelKey: this.modelKey, reason }));
  };

  readonly #cancel = (): void => {
    this.dispatchEvent(new ModelDownloadCancelRequestEvent({ modelKey: this.modelKey }));
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

function isFinal({ status, can }: ShownDownload): boolean {
  return status === 'failed' && !can.retry;
}
