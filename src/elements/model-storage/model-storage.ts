import '../lit-policy.js'; // before Lit
import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { addStyles, adoptStyles, createStyledRoot } from '../adopt-styles.js';
import { LocaleController } from '../controllers/locale-controller.js';
import { CustomStates } from '../custom-states.js';
import { densityConverter } from '../density-converter.js';
import { loadViews } from '../load-views.js';
import { shell } from '../styles/shell.styles.js';
import type { StorageView } from './storage-view.js';

/**
 * Lists the models on this device with size, last use and state, and with buttons to delete them and to resume unfinished downloads.
 * Also shows the storage that the site uses and may use, and the files of other software.
 *
 * The user can undo a deletion for 10 s. The time does not run while the pointer or the visible focus is in the row. If the page is
 * left before the end of this time, the model is not deleted.
 *
 * @summary A list of the models on this device, which can be deleted.
 * @tagname model-storage
 *
 * @slot title - Replaces the heading.
 *
 * @fires {ModelStorageQueryEvent} model-storage-query - Requests what is stored on this device.
 * @fires {ModelStorageRemoveRequestEvent} model-storage-remove-request - The user deleted a model, and the time for "Undo" has passed.
 * @fires {ModelStoragePersistRequestEvent} model-storage-persist-request - The user requested that the browser keeps the data.
 * @fires {ModelDownloadResumeRequestEvent} model-download-resume-request - The user resumed a paused download.
 * @fires {ModelDownloadRetryRequestEvent} model-download-retry-request - The user resumed a failed or cancelled download.
 * @fires {ModelDownloadStartRequestEvent} model-download-start-request - The user resumed a download of an earlier visit.
 * @fires {ModelDownloadCancelRequestEvent} model-download-cancel-request - The user cancelled a download.
 * @fires {ModelDownloadQueryEvent} model-download-query - Requests the current state of a download.
 *
 * @csspart storage - The whole element.
 * @csspart title - The heading.
 * @csspart models - The list of models.
 * @csspart model - One model.
 * @csspart name - The name of a model.
 * @csspart size - The size of a model.
 * @csspart status - The state of a model as text.
 * @csspart hint - Why a model cannot be deleted, or which models have the same files.
 * @csspart note - A text in place of the list, or below it.
 * @csspart actions - The buttons of a model.
 * @csspart button - Each button.
 * @csspart delete - The button that deletes a model.
 * @csspart undo - The button that keeps a model that is about to be deleted.
 * @csspart resume - The button that resumes a download.
 * @csspart cancel - The button that cancels a download.
 * @csspart usage - The bytes that the site uses and may use.
 * @csspart persistence - Whether the browser keeps the data when space runs low.
 * @csspart persist - The button that requests that the browser keeps the data.
 * @csspart others - The files of other software.
 *
 * @cssproperty [--model-download-accent-color] - Color of the focus ring.
 * @cssproperty [--model-download-accent-text-color] - Color of text on the accent color; this element has none.
 * @cssproperty [--model-download-surface-color] - Background color.
 * @cssproperty [--model-download-text-color] - Color of the text.
 * @cssproperty [--model-download-muted-color] - Color of secondary text.
 * @cssproperty [--model-download-border-color] - Color of the borders.
 * @cssproperty [--model-download-control-border-color] - Color of the borders of buttons.
 * @cssproperty [--model-download-success-color] - Color of the states "Complete" and "In use".
 * @cssproperty [--model-download-warning-color] - Color of the state "Unfinished".
 * @cssproperty [--model-download-radius=0.75rem] - Radius of the corners.
 * @cssproperty [--model-download-control-radius] - Radius of the corners of buttons.
 * @cssproperty [--model-download-font-family=system-ui] - Font of the text.
 * @cssproperty [--model-download-font-size=0.875rem] - Font size; 0.8125rem when `density` is `compact`.
 * @cssproperty [--model-download-spacing=1] - Factor of all distances; 0.6 when `density` is `compact`.
 * @cssproperty [--model-download-storage-inline-size=40rem] - Maximum width. In a container that is sized by its content, the element is 24rem wide.
 *
 * @cssstate checking - The storage has not been read yet.
 * @cssstate known - The storage was read, and there are models.
 * @cssstate empty - The storage was read, and there are no models.
 * @cssstate unreadable - The storage cannot be read.
 */
export class ModelStorageElement extends LitElement {
  /** The tag name that `model-download/define/model-storage` registers. */
  static readonly tagName = 'model-storage';

  /** The style sheets of the shadow root. Pages style the element by parts and custom properties. */
  static override styles = [shell];

  /** The reactive properties, as Lit declares them. */
  static override properties: PropertyDeclarations = {
    density: { reflect: true, converter: densityConverter },
  };

  /** The density of the layout: `compact`, or comfortable when `undefined`. */
  declare density: 'compact' | undefined;

  readonly #locale = new LocaleController(this);
  readonly #states = new CustomStates(this);
  #view: StorageView | undefined;
  #pending: Promise<void> | undefined;
  #announcement = { text: '', lang: '' };

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.#view) this.#pending ??= this.#importView();
  }

  /** Called by the platform after a move to another document, which needs its own style sheets. */
  adoptedCallback(): void {
    adoptStyles(this);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return createStyledRoot(this, () => super.createRenderRoot());
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#pending;
    return super.getUpdateComplete();
  }

  protected override willUpdate(): void {
    this.#states.show(...(this.#view?.states ?? ['checking']));
  }

  protected override render(): TemplateResult {
    const { text, lang } = this.#announcement;
    return html`${this.#view?.render() ?? nothing}
      <div class="announcement" role="status" tabindex="-1" lang=${lang}>${text}</div>`;
  }

  /** Imports the visible part. If that fails, the next connection of the element imports it again. */
  async #importView(): Promise<void> {
    try {
      const [{ StorageView: View }] = await Promise.all([import('./storage-view.js'), loadViews()]);
      this.#view = new View(this, {
        language: () => this.#locale.language,
        announce: (text, lang) => {
          this.#announcement = { text, lang };
          this.requestUpdate();
        },
      });
      addStyles(this, this.#view.styles);
      this.requestUpdate();
    } catch (error) {
      console.error('<model-storage> cannot be shown.', error);
    }
    this.#pending = undefined;
  }
}
