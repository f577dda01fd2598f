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
 * What went wrong with a download, and every way on.
 *
 * Draws nothing unless the download waits or has failed, nor while an open
 * `<model-download-dialog>` of the document says the same.
 *
 * @summary Explains a broken model download and offers the ways on.
 * @tagname download-recovery
 *
 * @slot actions - More buttons after its own.
 *
 * @fires {ModelDownloadRetryRequestEvent} model-download-retry-request - The user asked for another attempt.
 * @fires {ModelDownloadRestartRequestEvent} model-download-restart-request - The user asked to start over.
 * @fires {ModelDownloadChooseModelRequestEvent} model-download-choose-model-request - The user asked for a different model.
 * @fires {ModelDownloadCancelRequestEvent} model-download-cancel-request - The user asked to end a download that waits.
 * @fires {ModelDownloadQueryEvent} model-download-query - Asks the page how the download stands.
 *
 * @csspart recovery - The whole.
 * @csspart icon - The symbol before the title.
 * @csspart title - What happened.
 * @csspart advice - What it means and what helps.
 * @csspart countdown - When the next attempt begins.
 * @csspart attempt - Which attempt it is.
 * @csspart details - The technical message and its disclosure.
 * @csspart message - The technical message.
 * @csspart actions - The row of buttons.
 * @csspart button - Every button.
 * @csspart retry - The button that tries again.
 * @csspart restart - The button that starts over.
 * @csspart choose-model - The button that asks for a different model.
 * @csspart cancel - The button that ends a download that waits.
 *
 * @cssproperty [--model-download-accent-color] - Color of the main button and of the focus ring.
 * @cssproperty [--model-download-accent-text-color] - Color of the words on the main button.
 * @cssproperty [--model-download-raised-color] - Color behind the whole.
 * @cssproperty [--model-download-text-color] - Color of the text.
 * @cssproperty [--model-download-muted-color] - Color of the text that matters less.
 * @cssproperty [--model-download-border-color] - Color of the border.
 * @cssproperty [--model-download-control-border-color] - Color of the buttons' border.
 * @cssproperty [--model-download-warning-color] - Color of the symbol while waiting.
 * @cssproperty [--model-download-danger-color] - Color of the symbol after a failure.
 * @cssproperty [--model-download-radius=0.75rem] - Radius of the corners.
 * @cssproperty [--model-download-control-radius] - Radius of the buttons' corners; two thirds of the other where it is not set.
 * @cssproperty [--model-download-font-family=system-ui] - Font of the text.
 * @cssproperty [--model-download-spacing=1] - Factor of all distances; 0.6 where `density` is `compact`.
 * @cssproperty [--model-download-font-size=0.875rem] - Size of the text; 0.8125rem where `density` is `compact`.
 *
 * @cssstate empty - There is nothing to say.
 * @cssstate waiting - The next attempt begins by itself.
 * @cssstate failed - The download stopped with an error.
 * @cssstate final - It failed, and there is no further attempt.
 */
export class DownloadRecoveryElement extends LitElement {
  /** The name under which `define` registers it. */
  static readonly tagName = 'download-recovery';

  /** The sheets of its shadow root. A page styles it by parts and tokens. */
  static override styles = styles;

  /** The page's name for the model. */
  @property({ attribute: 'model-key' }) modelKey = '';

  /** How much room it takes: `compact`, or as much as is comfortable where it is `undefined`. */
  @property({ reflect: true }) density: 'compact' | undefined;

  readonly #locale = new LocaleController(this);
  readonly #announcer = new AnnouncerController(this, () => (this.#isInside() ? 'none' : 'page'));
  readonly #dialogs = new OpenDialogController(this);
  readonly #download = new DownloadController(
    this,
    () => this.modelKey,
    (download) => this.#announcer.hear(this.modelKey, download, this.#locale.language),
  );
  readonly #slot = new ActionsSlot(this);
  readonly #states = new CustomStates(this);

  constructor() {
    super();
    new CountdownController(this, () => this.#shown()?.retryAt);
    new FocusController(this);
  }

  /** Called by the platform when it is moved to another document, whose sheets it then needs. */
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
    // Of what does not go on by itself, the header of the dialog says the reason.
    const titled = countsDown(download) || !this.#isInside();
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
        ${titled ? html`<p part="title" class="title">${title}</p>` : nothing}
        ${this.#renderAdvice(download)} ${this.#renderProspect(download)} ${this.#renderMessage(download)}
      </div>
      <div part="actions" class="actions" ?hidden=${actions.length === 0 && this.#slot.isEmpty}>${actions}${this.#slot.render()}</div>
    </section></div>`;
  }

  #renderAdvice(download: ShownDownload): TemplateResult | typeof nothing {
    // While it counts down, there is nothing to do.
    if (countsDown(download)) return nothing;
    const { texts } = this.#locale.language;
    const { advice, lastAdvice } = texts.failure[download.failureCode ?? 'network'];
    const last = download.attempt > 0 ? texts.finalFailure(lastAdvice) : lastAdvice;
    return html`<p part="advice" class="muted">${isFinal(download) ? last : advice}</p>`;
  }

  #renderProspect(download: ShownDownload): TemplateResult | typeof nothing {
    const { language } = this.#locale;
    // The header of the dialog counts down, too.
    const counts = countsDown(download) && !this.#isInside();
    const tries = download.attempt > 0 && !isFinal(download);
    const countdown = counts ? html`<span part="countdown">${statusPhrase(download, language, Date.now())}</span>` : nothing;
    const attempt = tries ? html`<span part="attempt" class="muted">${attemptPhrase(download, language)}</span>` : nothing;
    return counts || tries ? html`<p class="prospect figure">${countdown} ${attempt}</p>` : nothing;
  }

  #renderMessage({ error }: ShownDownload): TemplateResult | typeof nothing {
    if (!error) return nothing;
    return html`<details part="details" class="details">
      <summary>${this.#locale.language.texts.technicalDetails}</summary>
      <pre part="message" class="message" dir="auto" tabindex="0">${error}</pre>
    </details>`;
  }

  /** The one that the advice names comes first and stands out, the others are quieter. */
  #renderActions({ can, status, failureCode }: ShownDownload): TemplateResult[] {
    const { texts } = this.#locale.language;
    const waits = status === 'waiting';
    const actions: readonly [isOffered: boolean | undefined, part: string, words: string, act: () => void][] = [
      [can.retry, 'retry', texts.retry, this.#retry],
      // What waits goes on by itself, with what is held.
      [can.restart && !waits, 'restart', texts.restart, this.#restart],
      [can.chooseModel, 'choose-model', texts.chooseModel, this.#chooseModel],
      // The footer of the dialog has it.
      [can.cancel && waits && !this.#isInside(), 'cancel', texts.cancel, this.#cancel],
    ];
    const offered = actions.filter(([isOffered]) => isOffered);
    const main = advisedParts(failureCode)
      .map((advised) => offered.find(([, part]) => part === advised))
      .find((action) => action !== undefined);
    return [...(main ? [main] : []), ...offered.filter((action) => action !== main)].map((action) => {
      const [, part, words, act] = action;
      return actionButton({ part, look: action === main ? 'primary' : 'quiet', words, act });
    });
  }

  #shown(): ShownDownload | undefined {
    const download = this.#download.current;
    return download && isBroken(download) && !this.#dialogs.shows(this.modelKey) ? download : undefined;
  }

  /** Whether it stands in the shadow root of a dialog, which speaks for both. */
  #isInside(): boolean {
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

/** The buttons that do what the advice about a failure says, the best first. */
function advisedParts(code: FailureCode | undefined): readonly string[] {
  switch (code) {
    case 'changed':
    case 'corrupt':
      return ['restart', 'retry', 'choose-model'];
    case 'unauthorized':
    case 'not-found':
      return ['choose-model', 'retry'];
    // No button reloads the page or changes its policy.
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
