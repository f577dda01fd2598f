import '../lit-policy.js'; // before Lit
import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { adoptStyles, createStyledRoot } from '../adopt-styles.js';
import { AnnouncerController } from '../controllers/announcer-controller.js';
import { DownloadController } from '../controllers/download-controller.js';
import { LocaleController } from '../controllers/locale-controller.js';
import { OpenDialogController } from '../controllers/open-dialog-controller.js';
import { ViewController } from '../controllers/view-controller.js';
import { CustomStates } from '../custom-states.js';
import type { ShownDownload } from '../shown-download.js';
import { densityConverter } from '../density-converter.js';
import { shell } from '../styles/shell.styles.js';
import { isBroken } from './is-broken.js';
import { isFinal } from './is-final.js';
import type { RecoveryView } from './recovery-view.js';

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
 * @csspart attempt - The number of the retry.
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
 * @cssproperty [--model-download-mini-inline-size=52rem] - Maximum width outside of a dialog: that of the row, so that both line up.
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
  static override styles = [shell];

  /** The reactive properties, as Lit declares them. */
  static override properties: PropertyDeclarations = {
    modelKey: { attribute: 'model-key' },
    density: { reflect: true, converter: densityConverter },
  };

  /** The key of the model. */
  declare modelKey: string;

  /** The density of the layout: `compact`, or comfortable when `undefined`. */
  declare density: 'compact' | undefined;

  readonly #locale = new LocaleController(this);
  readonly #announcer = new AnnouncerController(this, () => (this.#isInsideDialog() ? 'none' : 'page'));
  readonly #dialogs = new OpenDialogController(this);
  readonly #download = new DownloadController(
    this,
    () => this.modelKey,
    (download) => this.#announcer.announce(this.modelKey, download, this.#locale.language),
  );
  readonly #states = new CustomStates(this);
  readonly #view = new ViewController<RecoveryView>(this, {
    // Imported when a download starts: after a failure the network may be down.
    isNeeded: () => this.#download.isStarted,
    create: ({ RecoveryView: View }) =>
      new View(this, { shown: () => this.#shown(), isInsideDialog: () => this.#isInsideDialog(), language: () => this.#locale.language }),
    onCreate: () => this.#announcer.announce(this.modelKey, this.#download.received, this.#locale.language),
  });

  constructor() {
    super();
    this.modelKey = '';
  }

  /** Called by the platform after a move to another document, which needs its own style sheets. */
  adoptedCallback(): void {
    adoptStyles(this);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return createStyledRoot(this, () => super.createRenderRoot());
  }

  protected override getUpdateComplete(): Promise<boolean> {
    return this.#view.whenUpdated(() => super.getUpdateComplete());
  }

  protected override willUpdate(): void {
    const download = this.#shown();
    if (!download) this.#states.show('empty');
    else if (isFinal(download)) this.#states.show('failed', 'final');
    else this.#states.show(download.status);
  }

  protected override render(): TemplateResult {
    const download = this.#shown();
    const { view } = this.#view;
    return html`${download && view ? view.render(download) : nothing}${this.#announcer.render()}`;
  }

  #shown(): ShownDownload | undefined {
    const download = this.#download.current;
    return download && isBroken(download) && !this.#dialogs.shows(this.modelKey) ? download : undefined;
  }

  /** Whether the element is in the shadow root of a dialog, which makes the announcements for both. */
  #isInsideDialog(): boolean {
    return (this.getRootNode() as Partial<ShadowRoot>).host?.localName === 'model-download-dialog';
  }
}
