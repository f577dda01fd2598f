import '../lit-policy.js'; // before Lit
import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { ModelDownloadOpenRequestEvent } from '../../protocol/index.js';
import { adoptStyles, createStyledRoot } from '../adopt-styles.js';
import { AnnouncerController } from '../controllers/announcer-controller.js';
import { BatchController } from '../controllers/batch-controller.js';
import { DownloadController } from '../controllers/download-controller.js';
import { LocaleController } from '../controllers/locale-controller.js';
import { ViewController } from '../controllers/view-controller.js';
import { CustomStates } from '../custom-states.js';
import type { ReceivedDownload } from '../received-download.js';
import type { ShownDownload } from '../shown-download.js';
import { densityConverter } from '../density-converter.js';
import { shell } from '../styles/shell.styles.js';
import type { MiniView } from './mini-view.js';

/** The announcer's key for all downloads together. No model has this key. */
const ALL = '\0';

/**
 * One download in one row, compact enough for a chat. Without `model-key` it shows all downloads as one.
 *
 * Renders nothing while the download is idle or after it was cancelled. After a reload it offers to continue an unfinished
 * download.
 *
 * @summary A compact row that shows the progress of one model download.
 * @tagname model-progress-mini
 *
 * @slot icon - An icon before the name.
 * @slot title - Replaces the name of the model.
 * @slot tip - Replaces the tip: what the user can do during the download.
 *
 * @fires {ModelDownloadOpenRequestEvent} model-download-open-request - The user requested the dialog.
 * @fires {ModelDownloadResumeRequestEvent} model-download-resume-request - The user continued the download of an earlier visit.
 * @fires {ModelDownloadQueryEvent} model-download-query - Requests the current state of the download.
 *
 * @csspart mini - The whole row.
 * @csspart title - The name of the model.
 * @csspart track - The track of the progress bar.
 * @csspart fill - The filled part of the progress bar.
 * @csspart percentage - The percentage, or the downloaded bytes before the total is known.
 * @csspart status - The status as text, unless bytes arrive from the network.
 * @csspart speed - The speed.
 * @csspart time-left - The time left.
 * @csspart tip - The tip: what the user can do during the download.
 * @csspart button - The button with a text.
 * @csspart resume - The button that continues the download of an earlier visit.
 * @csspart open - The button that requests the dialog.
 *
 * @cssproperty [--model-download-accent-color] - Color of the bar and of the focus ring.
 * @cssproperty [--model-download-accent-text-color] - Color of the text on a main button, which the row does not have.
 * @cssproperty [--model-download-surface-color] - Background color of the row.
 * @cssproperty [--model-download-text-color] - Color of the text.
 * @cssproperty [--model-download-muted-color] - Color of secondary text.
 * @cssproperty [--model-download-border-color] - Color of the border.
 * @cssproperty [--model-download-control-border-color] - Color of the button's border.
 * @cssproperty [--model-download-track-color] - Color of the bar's track.
 * @cssproperty [--model-download-track-size=0.25rem] - Thickness of the bar.
 * @cssproperty [--model-download-success-color] - Color of the bar when the model is ready.
 * @cssproperty [--model-download-warning-color] - Color of the bar while stalled or waiting.
 * @cssproperty [--model-download-danger-color] - Color of the bar after a failure.
 * @cssproperty [--model-download-radius=0.75rem] - Radius of the corners.
 * @cssproperty [--model-download-control-radius] - Radius of the button's corners. Default: two thirds of `--model-download-radius`.
 * @cssproperty [--model-download-font-family=system-ui] - Font of the text.
 * @cssproperty [--model-download-spacing=1] - Factor of all distances; 0.6 when `density` is `compact`.
 * @cssproperty [--model-download-font-size=0.8125rem] - Font size; 0.8125rem when `density` is `compact`.
 * @cssproperty [--model-download-mini-inline-size=52rem] - Maximum width of the row. In a container that is sized by its content, the row is 24rem wide.
 *
 * @cssstate empty - The element renders nothing.
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
export class ModelProgressMiniElement extends LitElement {
  /** The tag name that `model-download/define` registers. */
  static readonly tagName = 'model-progress-mini';

  /** The style sheets of the shadow root. Pages style the element by parts and custom properties. */
  static override styles = [shell];

  /** The reactive properties, as Lit declares them. */
  static override properties: PropertyDeclarations = {
    modelKey: { attribute: 'model-key' },
    density: { reflect: true, converter: densityConverter },
  };

  /** The key of the model. Without it, the row shows all downloads as one. */
  declare modelKey: string;

  /** The density of the layout: `compact`, or comfortable when `undefined`. */
  declare density: 'compact' | undefined;

  readonly #locale = new LocaleController(this);
  readonly #announcer = new AnnouncerController(this, () => 'page');
  readonly #download = new DownloadController(
    this,
    () => this.modelKey,
    (download) => this.#announcer.announce(this.modelKey, download, this.#locale.language),
  );
  readonly #batch = new BatchController(
    this,
    () => !this.modelKey,
    () => this.#announceAll(),
  );
  readonly #states = new CustomStates(this);
  readonly #view = new ViewController<MiniView>(this, {
    isNeeded: () => (this.modelKey ? this.#download.isStarted : this.#received !== undefined),
    create: ({ MiniView: View }) => new View(this, { shown: () => this.#shown(), open: () => this.#open() }),
    onCreate: () => {
      if (this.modelKey) this.#announcer.announce(this.modelKey, this.#received, this.#locale.language);
      else this.#announceAll();
    },
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
    const shown = this.#shown();
    const status = this.modelKey ? this.#download.status : shown?.status;
    this.#states.show(...(status ? [status] : []), ...(shown ? [] : ['empty']));
  }

  protected override render(): TemplateResult {
    const download = this.#shown();
    const { view } = this.#view;
    return html`${download && view ? view.render(download, this.#locale.language) : nothing}${this.#announcer.render()}`;
  }

  #announceAll(): void {
    this.#announcer.announce(ALL, this.#received, this.#locale.language);
  }

  get #received(): ReceivedDownload | undefined {
    return this.modelKey ? this.#download.received : this.#batch.received(this.#locale.language);
  }

  #shown(): ShownDownload | undefined {
    const download = this.#received?.();
    return download?.status === 'idle' || download?.status === 'cancelled' ? undefined : download;
  }

  #open(): void {
    this.dispatchEvent(new ModelDownloadOpenRequestEvent({ modelKey: this.modelKey || this.#batch.foremost }));
  }
}
