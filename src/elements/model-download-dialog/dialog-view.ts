import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { ModelDownloadStartRequestEvent, type ModelDownloadQueryEvent } from '../../protocol/index.js';
import { addStyles } from '../adopt-styles.js';
import { ConnectionController } from '../controllers/connection-controller.js';
import { CountdownController } from '../controllers/countdown-controller.js';
import { ModalController } from '../controllers/modal-controller.js';
import { SizeRequestController } from '../controllers/size-request-controller.js';
import type { View } from '../parts/view.js';
import type { Language } from '../i18n/language.js';
import { ActionsSlot } from '../parts/actions-slot.js';
import { isBroken } from '../download-recovery/is-broken.js';
import { withShownVariant, type ShownDownload } from '../shown-download.js';
import { renderActions, type DialogHandlers } from './dialog-actions.js';
import { renderCancelHint, renderFacts, renderKept, renderProgress, renderResumeFacts, renderTip } from './dialog-body.js';
import { renderFiles } from './dialog-files.js';
import { renderHeader } from './dialog-header.js';
import { styles } from './model-download-dialog.styles.js';
import { TermsSlot } from './terms-slot.js';
import type * as VariantChoice from './variant-choice.js';

/** The element of a {@link DialogView}. */
export interface DialogHost extends LitElement {
  open: boolean;
  readonly density: 'compact' | undefined;
  close(): void;
}

/** The collaborators of a {@link DialogView}. */
export interface DialogViewOptions {
  /** The key of the download. */
  readonly key: () => string;
  readonly download: () => ShownDownload | undefined;
  readonly language: () => Language;
  /** Responds to the query of the recovery inside the dialog. */
  readonly answer: (event: ModelDownloadQueryEvent) => void;
  /** Closes the dialog unless the page prevents it. The download continues. */
  readonly minimise: () => void;
}

/** The `<dialog>` of a `<model-download-dialog>`. */
export class DialogView implements View {
  readonly styles = styles;
  pending: Promise<void> | undefined;
  readonly #host: DialogHost;
  readonly #options: DialogViewOptions;
  readonly #modal: ModalController;
  readonly #slot: ActionsSlot;
  readonly #handlers: DialogHandlers;
  readonly #terms: TermsSlot;
  #showsFiles = false;
  /** The variant that the user has selected for the model `modelKey`. It is valid while the variant of the page is `own`. */
  #selected: { readonly modelKey: string; readonly variant: string; readonly own: string | undefined } | undefined;
  /** The choice between variants; `undefined` until a model has several. */
  #choice: typeof VariantChoice | undefined;

  constructor(host: DialogHost, options: DialogViewOptions) {
    const { key, download, minimise } = options;
    this.#host = host;
    this.#options = options;
    this.#modal = new ModalController(host, minimise);
    this.#slot = new ActionsSlot(host);
    this.#terms = new TermsSlot(host);
    this.#handlers = {
      start: () => this.#start(),
      request: (Request) => host.dispatchEvent(new Request({ modelKey: key() })),
      minimise,
      close: () => host.close(),
    };
    new CountdownController(host, () => download()?.retryAt);
    new ConnectionController(host);
    new SizeRequestController(host, () => ({ key: key(), download: download() }));
  }

  /**
   * Renders the dialog.
   *
   * @param region The live region while the dialog is open: it is inside the dialog, as the rest of the page is inert.
   */
  render(region: TemplateResult | typeof nothing): TemplateResult {
    const language = this.#options.language();
    const download = this.#download;
    const actions = renderActions(download, language.texts, this.#handlers);
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
        ${renderHeader(download, language, this.#handlers)}
        ${download ? html`<div class=${isEmpty ? 'body last' : 'body'}>${this.#renderBody(download)}</div>` : nothing}
        <div part="footer" class="footer" ?hidden=${isEmpty}>
          ${this.#slot.render()}${actions}
        </div>
        ${region}
      </dialog>`;
  }

  #renderBody(download: ShownDownload): TemplateResult {
    const language = this.#options.language();
    if (download.status === 'idle') {
      return html`${this.#renderVariants(download)} ${renderFacts(download, language)} ${this.#terms.render(language.texts)}`;
    }
    return html`
      ${renderProgress(download, language)} ${renderKept(download, language)} ${renderResumeFacts(download, language)}
      ${
        isBroken(download)
          ? html`<download-recovery
            part="recovery"
            model-key=${this.#options.key()}
            density=${this.#host.density === 'compact' ? 'compact' : nothing}
            @model-download-query=${this.#options.answer}
            @model-download-choose-model-request=${this.#closeForChoice}
          ></download-recovery>`
          : nothing
      }
      ${renderFiles(download, language, this.#showsFiles, this.#toggleFiles)}
      ${renderTip(download, language)} ${renderCancelHint(download, language)}
    `;
  }

  /** The download, with the facts of the variant that the user has selected. */
  get #download(): ShownDownload | undefined {
    const download = this.#options.download();
    const { modelKey, variant, own } = this.#selected ?? {};
    const isValid = modelKey === this.#options.key() && own === download?.variant;
    return download && isValid ? withShownVariant(download, variant) : download;
  }

  #start(): void {
    if (!this.#terms.accept()) return;
    const modelKey = this.#options.key();
    const { variant, variants } = this.#download ?? { variants: [] };
    const choice = variants.length > 0 ? { variant } : {};
    this.#host.dispatchEvent(new ModelDownloadStartRequestEvent({ modelKey, ...choice }));
  }

  #renderVariants(download: ShownDownload): TemplateResult | typeof nothing {
    if (download.variants.length < 2) return nothing;
    if (!this.#choice) {
      this.pending ??= this.#loadChoice();
      return nothing;
    }
    const modelKey = this.#options.key();
    return this.#choice.renderVariants(download, this.#options.language(), (variant) => {
      this.#selected = { modelKey, variant, own: this.#options.download()?.variant };
      this.#host.requestUpdate();
    });
  }

  /**
   * Imports the choice between variants. If the import fails, a start loads the page's variant, and the next rendering repeats the
   * import.
   */
  async #loadChoice(): Promise<void> {
    try {
      this.#choice = await import('./variant-choice.js');
      addStyles(this.#host, [this.#choice.variantStyles]);
      this.#host.requestUpdate();
    } catch {
      // See the comment of the method.
    }
    this.pending = undefined;
  }

  readonly #closeForChoice = (event: Event): void => {
    // A listener that was added later may still call `preventDefault()`.
    queueMicrotask(() => {
      if (!event.defaultPrevented) this.#host.close();
    });
  };

  readonly #toggleFiles = (): void => {
    this.#showsFiles = !this.#showsFiles;
    this.#host.requestUpdate();
  };
}
