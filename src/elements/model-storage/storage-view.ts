// In: the storage, removals and the answer of the browser. Out: the template of a `<model-storage>`.
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import {
  ModelDownloadCancelRequestEvent,
  ModelDownloadResumeRequestEvent,
  ModelDownloadRetryRequestEvent,
  ModelDownloadStartRequestEvent,
} from '../../protocol/index.js';
import { isActive } from '../../core/internal.js';
import { FocusController } from '../controllers/focus-controller.js';
import { nearestLang } from '../i18n/language-watch.js';
import type { Language } from '../i18n/language.js';
import type { View } from '../parts/view.js';
import { modelRow, rowStateOf, type RowActions } from './model-row.js';
import { styles } from './model-storage.styles.js';
import { Persistence } from './persistence.js';
import { Removals, UNDO_TIME, type Removal } from './removals.js';
import { RowFocus } from './row-focus.js';
import { RowPresence } from './row-presence.js';
import type { ShownModel, ShownStorage } from './shown-storage.js';
import { otherSizePhrase, sharedPhrase, usagePhrase } from './storage-phrases.js';
import { StorageQuery } from './storage-query.js';
import { storageLanguageFor, type StorageLanguage } from './storage-language.js';
import type { StorageTexts } from './storage-texts.js';

/** The collaborators of a {@link StorageView}. */
export interface StorageViewOptions {
  readonly language: () => Language;
  /** Announces a text to screen readers. `lang` is its language. */
  readonly announce: (text: string, lang: string) => void;
}

/** The visible part of a `<model-storage>`. */
export class StorageView implements View {
  readonly styles = styles;
  readonly #host: LitElement;
  readonly #options: StorageViewOptions;
  readonly #query: StorageQuery;
  readonly #removals: Removals;
  readonly #persistence: Persistence;
  readonly #focus: RowFocus;
  readonly #presence = new RowPresence(() => this.#removals.refresh());
  /** The names of the models that the user deleted, which the page may no longer report. */
  readonly #deletedNames = new Map<string, string>();
  readonly #actions: RowActions = {
    remove: (key) => this.#remove(key),
    undo: (key) => this.#undo(key),
    resume: (key) => this.#resume(key),
    cancel: (key) => void this.#host.dispatchEvent(new ModelDownloadCancelRequestEvent({ modelKey: key })),
  };

  constructor(host: LitElement, options: StorageViewOptions) {
    this.#host = host;
    this.#options = options;
    this.#query = new StorageQuery(host);
    this.#removals = new Removals(host, {
      canRemove: (key) => !this.#isInUse(key),
      isHeld: (key) => this.#presence.has(key),
      onStart: (key) => this.#announce(key, this.#undoTime),
      hasFiles: async (key) => {
        await this.#query.refresh();
        return (this.#modelOf(key)?.bytes ?? 0) > 0;
      },
      // A page that returns from the back/forward cache must not show the announcement of a deletion that does not happen.
      onDrop: () => options.announce('', ''),
      onEnd: (key, removal) => this.#announceEnd(key, removal),
    });
    this.#persistence = new Persistence(host, (isPersistent) => void this.#handlePersistence(isPersistent));
    this.#focus = new RowFocus(host);
    // This follows `RowFocus`, which moves the focus to a better place first.
    new FocusController(host);
  }

  /** The states of the element, for `:state()`. */
  get states(): readonly string[] {
    const { state } = this.#query;
    return state === 'known' && this.#listed.length === 0 ? ['empty'] : [state];
  }

  /** The list, and the facts about the whole site. */
  render(): TemplateResult {
    const { texts, language } = this.#language;
    return html`<div class="frame"><section
      part="storage"
      class="storage"
      lang=${language.locale}
      dir=${language.direction}
      aria-label=${texts.title}
      aria-busy=${this.#query.state === 'checking' ? 'true' : nothing}
    >
      <slot name="title"><h2 part="title" class="title">${texts.title}</h2></slot>
      ${this.#renderModels(texts, language)} ${this.#query.shown ? this.#renderSite(this.#query.shown, texts, language) : nothing}
    </section></div>`;
  }

  get #language(): StorageLanguage {
    return storageLanguageFor(nearestLang(this.#host), this.#options.language());
  }

  /** The models that have bytes on this device, or an active download. */
  get #listed(): readonly ShownModel[] {
    const isLoading = ({ key }: ShownModel): boolean => isActive(this.#query.statusOf(key));
    return (this.#query.shown?.models ?? []).filter((model) => model.bytes > 0 || isLoading(model));
  }

  #renderModels(texts: StorageTexts, language: Language): TemplateResult {
    const { shown, state } = this.#query;
    if (!shown) return html`<p part="note" class="note">${state === 'checking' ? texts.checking : texts.unreadable}</p>`;
    const models = this.#listed;
    const rows = models.map((model) => this.#renderModel(model, shown, texts, language));
    const note = shown.isWhole ? (models.length === 0 ? texts.noModels : undefined) : texts.someUnreadable;
    return html`${models.length === 0 ? nothing : this.#renderList(rows, texts)}
    ${note === undefined ? nothing : html`<p part="note" class="note">${note}</p>`}`;
  }

  /** The list, whose events show in which rows the user is. */
  #renderList(rows: readonly TemplateResult[], texts: StorageTexts): TemplateResult {
    const presence = this.#presence;
    return html`<ul
      part="models"
      class="models"
      aria-label=${texts.title}
      @pointerover=${presence}
      @pointerout=${presence}
      @focusin=${presence}
      @focusout=${presence}
      @keyup=${presence}
    >
      ${rows}
    </ul>`;
  }

  #renderModel(model: ShownModel, shown: ShownStorage, texts: StorageTexts, language: Language): TemplateResult {
    const removal = this.#removals.get(model.key);
    const download = this.#query.downloadOf(model.key);
    const isSharedInUse = model.sharedWith.some((key) => this.#isUsed(key));
    const shared = sharedPhrase(model, shown, texts, language);
    const state = rowStateOf(model, removal, download);
    return modelRow({ model, state, removal, download, isSharedInUse, shared, texts, language }, this.#actions);
  }

  #renderSite(shown: ShownStorage, texts: StorageTexts, language: Language): TemplateResult {
    const usage = usagePhrase(shown, texts, language);
    return html`<div class="site">
      ${usage === undefined ? nothing : html`<p part="usage" class="figure-text">${usage}</p>`} ${this.#renderPersistence(shown, texts)}
      ${this.#renderOthers(shown, texts, language)}
    </div>`;
  }

  #renderPersistence({ isPersistent }: ShownStorage, texts: StorageTexts): TemplateResult | typeof nothing {
    if (isPersistent === undefined) return nothing;
    if (isPersistent) return html`<p part="persistence">${texts.persistent}</p>`;
    const { step, isBusy } = this.#persistence;
    const words = { none: texts.notPersistent, waiting: texts.persisting, refused: texts.persistRefused }[step];
    return html`<p part="persistence">${words}</p>
      <button
        part="button persist"
        class="button"
        type="button"
        aria-disabled=${isBusy ? 'true' : nothing}
        @click=${() => this.#persistence.request()}
      >
        ${texts.persist}
      </button>`;
  }

  #renderOthers({ others }: ShownStorage, texts: StorageTexts, language: Language): TemplateResult | typeof nothing {
    if (others.length === 0) return nothing;
    const rows = others.map((other) => {
      const name = other.name === 'Transformers.js' ? texts.otherFiles(other.name) : other.name;
      return html`<li class="other">
        <bdi class="text">${name}</bdi> <span class="figure">${otherSizePhrase(other, texts, language)}</span>
      </li>`;
    });
    return html`<div part="others" class="others">
      <h3 class="subtitle">${texts.others}</h3>
      <ul>${rows}</ul>
      <p class="hint">${texts.othersHint}</p>
    </div>`;
  }

  /** The text that announces after which time a model is deleted. */
  get #undoTime(): string {
    const { texts, language } = this.#language;
    const format = new Intl.NumberFormat(language.locale, { style: 'unit', unit: 'second', unitDisplay: 'long' });
    return texts.deletingIn(format.format(UNDO_TIME / 1_000));
  }

  #remove(key: string): void {
    this.#deletedNames.set(key, this.#nameOf(key));
    this.#removals.request(key);
    this.#focus.move(key, 'undo');
    const { texts, language } = this.#language;
    const isHeld = this.#presence.has(key);
    this.#announce(key, isHeld ? `${this.#undoTime}${language.texts.separator}${texts.deletionPaused}` : this.#undoTime);
  }

  #undo(key: string): void {
    this.#removals.undo(key);
    this.#focus.move(key, 'delete');
    this.#announce(key, this.#language.texts.notDeleted);
  }

  /** Continues a download by the request that its state allows. */
  #resume(key: string): void {
    const { status = 'idle', can } = this.#query.downloadOf(key) ?? {};
    const Request =
      status === 'paused' ? ModelDownloadResumeRequestEvent : can?.retry ? ModelDownloadRetryRequestEvent : ModelDownloadStartRequestEvent;
    this.#host.dispatchEvent(new Request({ modelKey: key }));
  }

  #announceEnd(key: string, removal: Removal | undefined): void {
    const { deleted, notDeleted, deleteFailed } = this.#language.texts;
    this.#announce(key, removal === undefined ? deleted : removal.step === 'refused' ? notDeleted : deleteFailed);
  }

  async #handlePersistence(isPersistent: boolean): Promise<void> {
    await this.#query.refresh();
    const { texts, language } = this.#language;
    this.#options.announce(isPersistent ? texts.persistent : texts.persistRefused, language.locale);
  }

  #announce(key: string, text: string): void {
    const { language } = this.#language;
    this.#options.announce(language.texts.announcement(this.#nameOf(key), text), language.locale);
  }

  #nameOf(key: string): string {
    return this.#modelOf(key)?.name ?? this.#deletedNames.get(key) ?? key;
  }

  #modelOf(key: string): ShownModel | undefined {
    return this.#query.shown?.models.find((model) => model.key === key);
  }

  /** Whether the page uses or downloads a model, or another model with the same files. */
  #isInUse(key: string): boolean {
    return [key, ...(this.#modelOf(key)?.sharedWith ?? [])].some((other) => this.#isUsed(other));
  }

  #isUsed(key: string): boolean {
    const status = this.#query.statusOf(key);
    return status === 'completed' || (isActive(status) && status !== 'paused');
  }
}
