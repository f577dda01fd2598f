import { html, type ReactiveController, type ReactiveElement, type TemplateResult } from 'lit';
import type { Language } from '../i18n/language.js';
import { loadedViews } from '../load-views.js';
import type { Milestones } from './milestones.js';
import type { ReceivedDownload } from '../received-download.js';
import { isHydrating } from './is-hydrating.js';

/** A host's priority for announcements: `modal` while the rest of the page is inert, `none` while it must stay silent. */
export type AnnouncerPriority = 'modal' | 'page' | 'none';

const PRIORITIES: Readonly<Record<AnnouncerPriority, number>> = { none: 0, page: 1, modal: 2 };

/** The announcers of one download in one document. Only one of them announces each change. */
interface AnnouncerGroup {
  readonly members: Set<AnnouncerController>;
  /** Selects the changes that are announced; `undefined` until the views have been imported. */
  milestones?: Milestones;
  /** The first state before the import of the views. */
  first?: ReceivedDownload;
}

const groups = new WeakMap<Document, Map<string, AnnouncerGroup>>();

/** Announces the milestones of a download once, even if several elements show it. */
export class AnnouncerController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #readPriority: () => AnnouncerPriority;

  #text = '';
  #lang = '';
  #key = '';
  #document: Document | undefined;

  constructor(host: ReactiveElement, readPriority: () => AnnouncerPriority) {
    this.#host = host;
    this.#readPriority = readPriority;
    host.addController(this);
  }

  /** The current priority of the host. */
  get priority(): number {
    return PRIORITIES[this.#readPriority()];
  }

  /** Announces a change if it is a milestone. Every element that shows the download calls this; one announces. */
  announce(modelKey: string, download: ReceivedDownload | undefined, language: Language): void {
    this.#join(modelKey);
    const group = this.#group();
    const text = download && group && textFor(group, download, language);
    if (!group || text === undefined) return;
    const [first] = [...group.members].sort((one, other) => other.priority - one.priority);
    for (const member of group.members) member.#setText(member === first ? text : '', language.locale);
  }

  /** The live region. It is in the page before it receives a text, and it receives the focus when the focused button is removed. */
  render(): TemplateResult {
    return html`<div class="announcement" role="status" tabindex="-1" lang=${this.#lang}>${isHydrating(this.#host) ? '' : this.#text}</div>`;
  }

  hostDisconnected(): void {
    this.#leave();
    this.#text = '';
  }

  /** `lang` is the language of the text, which can differ from the language of this host. */
  #setText(text: string, lang: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.#lang = lang;
    this.#host.requestUpdate();
  }

  #join(modelKey: string): void {
    const { ownerDocument } = this.#host;
    if (modelKey === this.#key && ownerDocument === this.#document) return;
    this.#leave();
    if (!modelKey) return;
    let keys = groups.get(ownerDocument);
    if (!keys) groups.set(ownerDocument, (keys = new Map<string, AnnouncerGroup>()));
    let group = keys.get(modelKey);
    if (!group) keys.set(modelKey, (group = { members: new Set() }));
    group.members.add(this);
    this.#document = ownerDocument;
    this.#key = modelKey;
  }

  #leave(): void {
    const group = this.#group();
    group?.members.delete(this);
    if (group?.members.size === 0 && this.#document) groups.get(this.#document)?.delete(this.#key);
    this.#document = undefined;
    this.#key = '';
  }

  #group(): AnnouncerGroup | undefined {
    return this.#document && groups.get(this.#document)?.get(this.#key);
  }
}

function textFor(group: AnnouncerGroup, download: ReceivedDownload, language: Language): string | undefined {
  const views = loadedViews();
  if (!views) {
    group.first ??= download;
    return undefined;
  }
  if (!group.milestones) {
    group.milestones = new views.Milestones();
    // The change that caused the import of the views is announced, too.
    const first = group.first?.();
    if (first) group.milestones.textFor(first, language);
  }
  const shown = download();
  return shown && group.milestones.textFor(shown, language);
}
