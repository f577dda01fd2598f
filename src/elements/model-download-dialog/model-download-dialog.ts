import '../lit-policy.js'; // before Lit
import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { expectDownload } from '../../core/internal.js';
import { ModelDownloadBackgroundRequestEvent } from '../../protocol/index.js';
import { adoptStyles, createStyledRoot } from '../adopt-styles.js';
import { AnnouncerController } from '../controllers/announcer-controller.js';
import { DownloadController, type DownloadListener } from '../controllers/download-controller.js';
import { LocaleController } from '../controllers/locale-controller.js';
import { OpenRequestController } from '../controllers/open-request-controller.js';
import { showInDialog } from '../controllers/open-dialogs.js';
import { ViewController } from '../controllers/view-controller.js';
import { CustomStates } from '../custom-states.js';
import { densityConverter } from '../density-converter.js';
import { shell } from '../styles/shell.styles.js';
import type { DialogView } from './dialog-view.js';

/**
 * A modal dialog that shows one download, from the confirmation before the start to the model that is ready.
 * Closing the dialog never cancels the download: after Minimise, "Continue in background" and Escape it continues.
 *
 * @summary A modal dialog that shows the progress of one model download.
 * @tagname model-download-dialog
 *
 * @slot title - Replaces the name of the model.
 * @slot icon - An icon before the name.
 * @slot tip - Replaces the tip: what the user can do during the download.
 * @slot actions - Buttons of the page, before the dialog's own.
 * @slot terms - Terms of the page, before the start. The download starts when each form control in it is valid, such as a required checkbox.
 *
 * @fires {ModelDownloadStartRequestEvent} model-download-start-request - The user started the download, with the selected variant. Not dispatched while the terms are not accepted.
 * @fires {ModelDownloadEstimateRequestEvent} model-download-estimate-request - The dialog was opened before the start, and the size, the variants or the stored bytes are not known.
 * @fires {ModelDownloadPauseRequestEvent} model-download-pause-request - The user paused the download.
 * @fires {ModelDownloadResumeRequestEvent} model-download-resume-request - The user resumed the download.
 * @fires {ModelDownloadCancelRequestEvent} model-download-cancel-request - The user cancelled the download.
 * @fires {ModelDownloadRetryRequestEvent} model-download-retry-request - The user requested another attempt.
 * @fires {ModelDownloadRestartRequestEvent} model-download-restart-request - The user requested a restart from the first byte.
 * @fires {ModelDownloadChooseModelRequestEvent} model-download-choose-model-request - The user requested a different model.
 * @fires {ModelDownloadBackgroundRequestEvent} model-download-background-request - The user minimised the dialog. `preventDefault()` keeps it open.
 * @fires {ModelDownloadQueryEvent} model-download-query - Requests the current state of the download.
 * @fires {Event} close - The dialog was closed. Does not bubble.
 *
 * @csspart dialog - The dialog's box.
 * @csspart header - Icon, title, status and the minimise button.
 * @csspart icon - The slot for the icon.
 * @csspart title - The name of the model.
 * @csspart status - The status as text.
 * @csspart attempt - The number of the retry.
 * @csspart minimise - The button in the header, which minimises, or closes when no download is active.
 * @csspart percentage - The percentage.
 * @csspart amount - The downloaded and the total bytes.
 * @csspart track - The track of the progress bar.
 * @csspart fill - The filled part of the progress bar.
 * @csspart speed - The speed.
 * @csspart time-left - The time left.
 * @csspart facts - The facts before the start: size, cached bytes, free space.
 * @csspart connection - The fact that the connection may be metered or slow.
 * @csspart last-speed - The time at the speed of the last download.
 * @csspart variants - The group of the model's variants.
 * @csspart variants-title - The heading of the group.
 * @csspart variant - One variant.
 * @csspart variant-input - The radio button of a variant.
 * @csspart variant-name - The name of a variant.
 * @csspart variant-facts - The size of a variant, and whether it is on this device or fits.
 * @csspart terms - The slot for the terms, and the text that they must be accepted.
 * @csspart terms-hint - The text that the terms must be accepted.
 * @csspart notice - A notice, such as that the disk is full.
 * @csspart recovery - The `<download-recovery>` in the dialog.
 * @csspart toggle - The button that shows or hides the list of files.
 * @csspart files - The list of files.
 * @csspart file - One file.
 * @csspart file-name - The name of a file.
 * @csspart file-amount - The bytes of a file.
 * @csspart file-track - The track of a file's progress bar.
 * @csspart file-fill - The filled part of a file's progress bar.
 * @csspart tip - The tip: what the user can do during the download.
 * @csspart footer - The row of buttons.
 * @csspart button - Every button of the footer.
 * @csspart start - The button that starts the download.
 * @csspart pause - The button that pauses the download.
 * @csspart resume - The button that resumes the download.
 * @csspart cancel - The button that cancels the download.
 * @csspart retry - The button that starts again after a cancel.
 * @csspart background - The button that closes the dialog while the download continues.
 * @csspart close - The button that closes the dialog when no download is active.
 *
 * @cssproperty [--model-download-accent-color] - Color of the bar, of the main button and of the focus ring.
 * @cssproperty [--model-download-accent-text-color] - Color of the text on the main button.
 * @cssproperty [--model-download-surface-color] - Background color of the dialog.
 * @cssproperty [--model-download-raised-color] - Background color of raised areas, such as the recovery.
 * @cssproperty [--model-download-text-color] - Color of the text.
 * @cssproperty [--model-download-muted-color] - Color of secondary text.
 * @cssproperty [--model-download-border-color] - Color of borders and lines.
 * @cssproperty [--model-download-control-border-color] - Color of the buttons' border.
 * @cssproperty [--model-download-track-color] - Color of the bar's track.
 * @cssproperty [--model-download-track-size=0.5rem] - Thickness of the bar.
 * @cssproperty [--model-download-success-color] - Color of the bar when the model is ready.
 * @cssproperty [--model-download-warning-color] - Color of the bar while stalled or waiting.
 * @cssproperty [--model-download-danger-color] - Color of the bar after a failure.
 * @cssproperty [--model-download-radius=0.75rem] - Radius of the corners.
 * @cssproperty [--model-download-control-radius] - Radius of the buttons' corners. Default: two thirds of `--model-download-radius`.
 * @cssproperty [--model-download-font-family=system-ui] - Font of the text.
 * @cssproperty [--model-download-spacing=1] - Factor of all distances; 0.6 when `density` is `compact`.
 * @cssproperty [--model-download-font-size=0.875rem] - Font size; 0.8125rem when `density` is `compact`.
 * @cssproperty [--model-download-dialog-inline-size=28rem] - Width, if the viewport is wide enough.
 * @cssproperty [--model-download-backdrop-color] - Color of the backdrop behind the dialog.
 *
 * @cssstate idle - The download has not started.
 * @cssstate queued - The download waits for its slot.
 * @cssstate checking - The load has started, and no byte has arrived.
 * @cssstate downloading - Bytes arrive.
 * @cssstate paused - The user paused the download.
 * @cssstate stalled - The connection is open, but no bytes arrive.
 * @cssstate waiting - The next attempt starts automatically, or when the device is online.
 * @cssstate preparing - All bytes have arrived, and the runtime starts the model.
 * @cssstate completed - The model is ready to use.
 * @cssstate failed - The download failed.
 * @cssstate cancelled - The download was cancelled.
 */
export class ModelDownloadDialogElement extends LitElement {
  /** The tag name that `model-download/define` registers. */
  static readonly tagName = 'model-download-dialog';

  /** The style sheets of the shadow root. Pages style the element by parts and custom properties. */
  static override styles = [shell];

  /** The reactive properties, as Lit declares them. */
  static override properties: PropertyDeclarations = {
    modelKey: { attribute: 'model-key' },
    density: { reflect: true, converter: densityConverter },
    open: { type: Boolean, reflect: true },
  };

  /** The key of the model. Without it, the dialog shows the download of the last open request. */
  declare modelKey: string;

  /** The density of the layout: `compact`, or comfortable when `undefined`. */
  declare density: 'compact' | undefined;

  /** Whether the dialog is open. */
  declare open: boolean;

  readonly #request = new OpenRequestController(this);
  readonly #locale = new LocaleController(this);
  readonly #announcer = new AnnouncerController(this, () => (this.open ? 'modal' : 'page'));
  readonly #announce: DownloadListener = (received) => this.#announcer.announce(this.#request.shownKey, received, this.#locale.language);
  readonly #download = new DownloadController(this, () => this.#request.shownKey, this.#announce);
  readonly #states = new CustomStates(this);
  readonly #view = new ViewController<DialogView>(this, {
    isNeeded: () => this.open || this.#download.isStarted,
    create: ({ DialogView: View }) =>
      new View(this, {
        key: () => this.#request.shownKey,
        download: () => this.#download.current,
        language: () => this.#locale.language,
        answer: this.#download.answer,
        minimise: () => this.#minimise(),
      }),
    onCreate: () => this.#announce(this.#download.received),
    onFailure: (error) => {
      if (!this.open) return;
      // The error names the import that failed. Without the view there is no button that closes the dialog.
      this.open = false;
      console.error('<model-download-dialog> cannot open.', error);
    },
  });

  constructor() {
    super();
    this.modelKey = '';
    this.open = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    showInDialog(this, undefined);
  }

  /** Called by the platform after a move to another document, which needs its own style sheets. */
  adoptedCallback(): void {
    adoptStyles(this);
  }

  /** Opens the dialog. */
  show(): void {
    this.open = true;
  }

  /** Closes the dialog. The download continues. */
  close(): void {
    this.open = false;
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return createStyledRoot(this, () => super.createRenderRoot());
  }

  protected override getUpdateComplete(): Promise<boolean> {
    return this.#view.whenUpdated(() => super.getUpdateComplete());
  }

  protected override willUpdate(): void {
    const { status } = this.#download;
    this.#states.show(...(status ? [status] : []));
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.isConnected) showInDialog(this, this.open ? this.#request.shownKey : undefined);
    if (changed.get('open') === true) this.dispatchEvent(new Event('close'));
    else if (changed.has('open') && this.open) expectDownload();
  }

  protected override render(): TemplateResult {
    const region = this.#announcer.render();
    const { view } = this.#view;
    // Outside of an open dialog the page is inert.
    const isInside = this.open && view !== undefined;
    return html`${view?.render(isInside ? region : nothing) ?? nothing}${isInside ? nothing : region}`;
  }

  #minimise(): void {
    const event = new ModelDownloadBackgroundRequestEvent({ modelKey: this.#request.shownKey });
    if (this.dispatchEvent(event)) this.close();
  }
}
