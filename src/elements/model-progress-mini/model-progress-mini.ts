import '../lit-policy.js'; // before Lit
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { ModelDownloadOpenRequestEvent } from '../../protocol/index.js';
import { adoptStyles, createStyledRoot } from '../adopt-styles.js';
import { AnnouncerController } from '../controllers/announcer-controller.js';
import { BatchController } from '../controllers/batch-controller.js';
import { CountdownController } from '../controllers/countdown-controller.js';
import { DownloadController } from '../controllers/download-controller.js';
import { FocusController } from '../controllers/focus-controller.js';
import { LocaleController } from '../controllers/locale-controller.js';
import { CustomStates } from '../custom-states.js';
import { expandIcon } from '../parts/icons.js';
import { isBusy, takesTime } from '../is-busy.js';
import { progressBar } from '../parts/progress-bar.js';
import type { ShownDownload } from '../shown-download.js';
import { amountPhrase, percentPhrase, progressPhrase, speedPhrase, statusPhrase, timeLeftPhrase } from '../i18n/phrases.js';
import { styles } from './model-progress-mini.styles.js';

/** What the announcer calls all downloads; no page has such a key. */
const ALL = '\0';

/**
 * One download in one row, small enough for a chat; without `model-key` all of them as one.
 *
 * Draws nothing before the download is asked for, and nothing after it is cancelled.
 *
 * @summary A compact row that shows the progress of one model download.
 * @tagname model-progress-mini
 *
 * @slot icon - A symbol before the name.
 * @slot title - The name, in place of the model's own.
 * @slot tip - What the user may do meanwhile.
 *
 * @fires {ModelDownloadOpenRequestEvent} model-download-open-request - The user asked for the dialog.
 * @fires {ModelDownloadQueryEvent} model-download-query - Asks the page how the download stands.
 *
 * @csspart mini - The whole row.
 * @csspart title - The name of the model.
 * @csspart track - The full length of the bar.
 * @csspart fill - The part of the bar that is done.
 * @csspart percentage - The percentage, or the bytes while the total is unknown.
 * @csspart status - The status in words, unless bytes come.
 * @csspart speed - The speed.
 * @csspart time-left - The time left.
 * @csspart tip - What the user may do meanwhile.
 * @csspart open - The button that asks for the dialog.
 *
 * @cssproperty [--model-download-accent-color] - Color of the bar and of the focus ring.
 * @cssproperty [--model-download-surface-color] - Color behind the row.
 * @cssproperty [--model-download-text-color] - Color of the text.
 * @cssproperty [--model-download-muted-color] - Color of the text that matters less.
 * @cssproperty [--model-download-border-color] - Color of the border.
 * @cssproperty [--model-download-track-color] - Color of the part of the bar still to come.
 * @cssproperty [--model-download-track-size=0.25rem] - Thickness of the bar.
 * @cssproperty [--model-download-success-color] - Color of the bar when the model is ready.
 * @cssproperty [--model-download-warning-color] - Color of the bar while stalled or waiting.
 * @cssproperty [--model-download-danger-color] - Color of the bar after a failure.
 * @cssproperty [--model-download-radius=0.75rem] - Radius of the corners.
 * @cssproperty [--model-download-font-family=system-ui] - Font of the text.
 * @cssproperty [--model-download-spacing=1] - Factor of all distances; 0.6 where `density` is `compact`.
 * @cssproperty [--model-download-font-size=0.8125rem] - Size of the text; 0.8125rem where `density` is `compact`.
 * @cssproperty [--model-download-mini-inline-size=52rem] - The most that the row is wide. Where its container takes its width from its content, it is 24rem.
 *
 * @cssstate empty - There is nothing to show.
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
export class ModelProgressMiniElement extends LitElement {
  /** The name under which `define` registers it. */
  static readonly tagName = 'model-progress-mini';

  /** The sheets of its shadow root. A page styles it by parts and tokens. */
  static override styles = styles;

  /** The page's name for the model. Without it, all downloads are shown as one. */
  @property({ attribute: 'model-key' }) modelKey = '';

  /** How much room it takes: `compact`, or as much as is comfortable where it is `undefined`. */
  @property({ reflect: true }) density: 'compact' | undefined;

  readonly #locale = new LocaleController(this);
  readonly #announcer = new AnnouncerController(this, () => 'page');
  readonly #download = new DownloadController(
    this,
    () => this.modelKey,
    (download) => this.#announcer.hear(this.modelKey, download, this.#locale.language),
  );
  readonly #batch = new BatchController(
    this,
    () => !this.modelKey,
    () => this.#announcer.hear(ALL, this.#batch.shown(this.#locale.language), this.#locale.language),
  );
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
    const status = this.#current?.status;
    this.#states.show(...(status ? [status] : []), ...(this.#shown() ? [] : ['empty']));
  }

  protected override render(): TemplateResult {
    const download = this.#shown();
    return html`${download ? this.#renderRow(download) : nothing}${this.#announcer.render()}`;
  }

  #renderRow(download: ShownDownload): TemplateResult {
    const { language } = this.#locale;
    const { texts } = language;
    const label = texts.open(download.name);
    return html`<div class="frame"><div
      part="mini"
      class="mini"
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
        words: progressPhrase(download, language, Date.now()),
        percent: download.percent,
        busy: isBusy(download.status),
      })}
      <span class="figures">${this.#renderFigures(download)}</span>
      ${takesTime(download.status) ? html`<span part="tip" class="tip"><slot name="tip">${texts.shortTip}</slot></span>` : nothing}
      <button part="open" class="icon-button" type="button" aria-label=${label} title=${label} @click=${this.#open}>
        ${expandIcon}
      </button>
    </div></div>`;
  }

  #renderFigures(download: ShownDownload): TemplateResult {
    const { language } = this.#locale;
    const moving = download.status === 'downloading' && !download.fromDevice;
    const amount = percentPhrase(download, language) ?? (download.bytes > 0 ? amountPhrase(download, language) : nothing);
    return html`
      <span part="percentage" class="percentage figure">${amount}</span>
      ${
        moving
          ? html`<span part="speed" class="speed figure">${speedPhrase(download, language)}</span>
            <span part="time-left" class="time-left figure">${timeLeftPhrase(download, language)}</span>`
          : html`<span part="status" class="status">${statusPhrase(download, language, Date.now())}</span>`
      }
    `;
  }

  get #current(): ShownDownload | undefined {
    return this.modelKey ? this.#download.current : this.#batch.shown(this.#locale.language);
  }

  #shown(): ShownDownload | undefined {
    const download = this.#current;
    return download?.status === 'idle' || download?.status === 'cancelled' ? undefined : download;
  }

  readonly #open = (): void => {
    this.dispatchEvent(new ModelDownloadOpenRequestEvent({ modelKey: this.modelKey || this.#batch.foremost }));
  };
}
