import '../lit-policy.js'; // before Lit
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { ModelDownloadBackgroundRequestEvent } from '../../protocol/index.js';
import { adoptStyles, createStyledRoot } from '../adopt-styles.js';
import { AnnouncerController } from '../controllers/announcer-controller.js';
import { CountdownController } from '../controllers/countdown-controller.js';
import { DownloadController, type DownloadListener } from '../controllers/download-controller.js';
import { LocaleController } from '../controllers/locale-controller.js';
import { ModalController } from '../controllers/modal-controller.js';
import { OpenRequestController } from '../controllers/open-request-controller.js';
import { SizeRequestController } from '../controllers/size-request-controller.js';
import { CustomStates } from '../custom-states.js';
import { showInDialog } from '../controllers/open-dialogs.js';
import { ActionsSlot } from '../parts/actions-slot.js';
import { isBroken, type ShownDownload } from '../shown-download.js';
import { renderActions, type DialogHandlers } from './dialog-actions.js';
import { renderFacts, renderNotices, renderProgress, renderTip } from './dialog-body.js';
import { renderFiles } from './dialog-files.js';
import { renderHeader } from './dialog-header.js';
import { styles } from './model-download-dialog.styles.js';

/**
 * A modal dialog that shows one download from the question whether to start it to the model that is ready.
 * Closing it never ends the download: minimise, "Continue in background" and Escape leave it running.
 *
 * @summary A modal dialog that shows the progress of one model download.
 * @tagname model-download-dialog
 *
 * @slot title - The name, in place of the model's own.
 * @slot icon - A symbol before the name.
 * @slot tip - What the user may do meanwhile.
 * @slot actions - More buttons before the dialog's own.
 *
 * @fires {ModelDownloadStartRequestEvent} model-download-start-request - The user asked to begin.
 * @fires {ModelDownloadEstimateRequestEvent} model-download-estimate-request - It was opened before the size of the download was known.
 * @fires {ModelDownloadPauseRequestEvent} model-download-pause-request - The user asked to stop for now.
 * @fires {ModelDownloadResumeRequestEvent} model-download-resume-request - The user asked to go on.
 * @fires {ModelDownloadCancelRequestEvent} model-download-cancel-request - The user asked to end it.
 * @fires {ModelDownloadRetryRequestEvent} model-download-retry-request - The user asked for another attempt.
 * @fires {ModelDownloadRestartRequestEvent} model-download-restart-request - The user asked to start over.
 * @fires {ModelDownloadChooseModelRequestEvent} model-download-choose-model-request - The user asked for a different model.
 * @fires {ModelDownloadBackgroundRequestEvent} model-download-background-request - The user minimised it. Prevented, it stays open.
 * @fires {ModelDownloadQueryEvent} model-download-query - Asks the page how the download stands.
 * @fires {Event} close - It was closed. Does not bubble.
 *
 * @csspart dialog - The surface.
 * @csspart header - Icon, title, status and the minimise button.
 * @csspart icon - The slot of the icon.
 * @csspart title - The name of the model.
 * @csspart status - The status in words.
 * @csspart attempt - Which attempt it is.
 * @csspart minimise - The button in the header, which closes where nothing is under way.
 * @csspart percentage - The percentage.
 * @csspart amount - Bytes so far, and in all.
 * @csspart track - The full length of the bar.
 * @csspart fill - The part of the bar that is done.
 * @csspart speed - The speed.
 * @csspart time-left - The time left.
 * @csspart facts - What is known before the start.
 * @csspart notice - A sentence that matters at the moment.
 * @csspart recovery - The `<download-recovery>` inside.
 * @csspart toggle - The button that shows the details.
 * @csspart files - The list of files.
 * @csspart file - One file.
 * @csspart file-name - Its name.
 * @csspart file-amount - Its bytes.
 * @csspart file-track - The full length of its bar.
 * @csspart file-fill - The part of its bar that is done.
 * @csspart tip - What the user may do meanwhile.
 * @csspart footer - The row of buttons.
 * @csspart button - Every button of that row.
 * @csspart start - The button that begins.
 * @csspart pause - The button that stops for now.
 * @csspart resume - The button that goes on.
 * @csspart cancel - The button that ends the download.
 * @csspart retry - The button that starts again after a cancel.
 * @csspart background - The button that leaves the download running.
 * @csspart close - The button that closes when nothing is under way.
 *
 * @cssproperty [--model-download-accent-color] - Color of the bar, of the main button and of the focus ring.
 * @cssproperty [--model-download-accent-text-color] - Color of the words on the main button.
 * @cssproperty [--model-download-surface-color] - Color of the surface.
 * @cssproperty [--model-download-raised-color] - Color of what lies on the surface.
 * @cssproperty [--model-download-text-color] - Color of the text.
 * @cssproperty [--model-download-muted-color] - Color of the text that matters less.
 * @cssproperty [--model-download-border-color] - Color of borders and lines.
 * @cssproperty [--model-download-control-border-color] - Color of the buttons' border.
 * @cssproperty [--model-download-track-color] - Color of the part of the bar still to come.
 * @cssproperty [--model-download-track-size=0.5rem] - Thickness of the bar.
 * @cssproperty [--model-download-success-color] - Color of the bar when the model is ready.
 * @cssproperty [--model-download-warning-color] - Color of the bar while stalled or waiting.
 * @cssproperty [--model-download-danger-color] - Color of the bar after a failure.
 * @cssproperty [--model-download-radius=0.75rem] - Radius of the corners.
 * @cssproperty [--model-download-control-radius] - Radius of the buttons' corners; two thirds of the other where it is not set.
 * @cssproperty [--model-download-font-family=system-ui] - Font of the text.
 * @cssproperty [--model-download-spacing=1] - Factor of all distances; 0.6 where `density` is `compact`.
 * @cssproperty [--model-download-font-size=0.875rem] - Size of the text; 0.8125rem where `density` is `compact`.
 * @cssproperty [--model-download-dialog-inline-size=28rem] - Width, where there is room for it.
 * @cssproperty [--model-download-backdrop-color] - Color over the page behind the dialog.
 *
 * @cssstate idle - Known, not started.
 * @cssstate queued - Asked for.
 * @cssstate checking - No byte yet.
 * @cssstate downloading - Bytes come.
 * @cssstate paused - Stopped to go on later.
 * @cssstate stalled - Bytes are due and none comes.
 * @cssstate waiting - Offline, or the next attempt begins by itself.
 * @cssstate preparing - Every byte is here; the runtime starts the model.
 * @cssstate completed - The model can be used.
 * @cssstate failed - The download stopped with an error.
 * @cssstate cancelled - The user ended it.
 */
export class ModelDownloadDialogElement extends LitElement {
  /** The name under which `define` registers it. */
  static readonly tagName = 'model-download-dialog';

  /** The sheets of its shadow root. A page styles it by parts and tokens. */
  static override styles = styles;

  /** The page's name for the model. Without it, the dialog shows the download that was last asked for. */
  @property({ attribute: 'model-key' }) modelKey = '';

  /** How much room it takes: `compact`, or as much as is comfortable where it is `undefined`. */
  @property({ reflect: true }) density: 'compact' | undefined;

  /** Whether the dialog is open. */
  @property({ type: Boolean, reflect: true }) open = false;

  readonly #request = new OpenRequestController(this);
  readonly #locale = new LocaleController(this);
  readonly #announcer = new AnnouncerController(this, () => (this.open ? 'modal' : 'page'));
  readonly #announce: DownloadListener = (download) => this.#announcer.hear(this.#request.shownKey, download, this.#locale.language);
  readonly #download = new DownloadController(this, () => this.#request.shownKey, this.#announce);
  readonly #modal = new ModalController(this, () => this.#minimise());
  readonly #slot = new ActionsSlot(this);
  readonly #states = new CustomStates(this);
  readonly #acts: DialogHandlers = {
    request: (Request) => this.dispatchEvent(new Request({ modelKey: this.#request.shownKey })),
    minimise: () => this.#minimise(),
    close: () => this.close(),
  };

  #showsFiles = false;

  constructor() {
    super();
    new CountdownController(this, () => this.#download.current?.retryAt);
    new SizeRequestController(this, () => ({ key: this.#request.shownKey, download: this.#download.current }));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    showInDialog(this, undefined);
  }

  /** Called by the platform when it is moved to another document, whose sheets it then needs. */
  adoptedCallback(): void {
    adoptStyles(this);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return createStyledRoot(this, () => super.createRenderRoot());
  }

  protected override willUpdate(): void {
    const { status } = this.#download.current ?? {};
    this.#states.show(...(status ? [status] : []));
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.isConnected) showInDialog(this, this.open ? this.#request.shownKey : undefined);
    if (changed.get('open') === true) this.dispatchEvent(new Event('close'));
  }

  /** Opens the dialog. */
  show(): void {
    this.open = true;
  }

  /** Closes the dialog. The download goes on. */
  close(): void {
    this.open = false;
  }

  protected override render(): TemplateResult {
    const { language } = this.#locale;
    const download = this.#download.current;
    const actions = renderActions(download, language.texts, this.#acts);
    const isEmpty = actions === nothing && this.#slot.isEmpty;
    return html`<dialog
        part="dialog"
        class="dialog"
        aria-labelledby="title"
        aria-describedby="status"
        lang=${language.locale}
        dir=${language.direction}
        data-status=${download?.status ?? nothing}
        tabindex="-1"
        @cancel=${this.#modal.handleCancel}
        @close=${this.#modal.handleClose}
      >
        ${renderHeader(download, language, this.#acts)}
        ${download ? html`<div class=${isEmpty ? 'body last' : 'body'}>${this.#renderBody(download)}</div>` : nothing}
        <div part="footer" class="footer" ?hidden=${isEmpty}>
          ${this.#slot.render()}${actions}
        </div>
        ${this.open ? this.#announcer.render() : nothing}
      </dialog>
      ${this.open ? nothing : this.#announcer.render()}`;
  }

  #renderBody(download: ShownDownload): TemplateResult {
    const { language } = this.#locale;
    if (download.status === 'idle') return renderFacts(download, language);
    return html`
      ${renderProgress(download, language)}
      ${
        isBroken(download)
          ? html`<download-recovery
            part="recovery"
            model-key=${this.#request.shownKey}
            density=${this.density ?? nothing}
            @model-download-query=${this.#download.answer}
            @model-download-choose-model-request=${this.#makeRoom}
          ></download-recovery>`
          : nothing
      }
      ${renderFiles(download, language, this.#showsFiles, this.#toggleFiles)}
      ${renderNotices(download, language)} ${renderTip(download, language)}
    `;
  }

  #minimise(): void {
    const event = new ModelDownloadBackgroundRequestEvent({ modelKey: this.#request.shownKey });
    if (this.dispatchEvent(event)) this.close();
  }

  /** Behind a modal dialog a different model could not be chosen. */
  readonly #makeRoom = (event: Event): void => {
    // A listener that was added later may still refuse.
    queueMicrotask(() => {
      if (!event.defaultPrevented) this.close();
    });
  };

  readonly #toggleFiles = (): void => {
    this.#showsFiles = !this.#showsFiles;
    this.requestUpdate();
  };
}
