import { html, type ReactiveController, type ReactiveElement, type TemplateResult } from 'lit';
import type { Language } from '../i18n/language.js';
import { Milestones } from './milestones.js';
import type { ShownDownload } from '../shown-download.js';
import { isHydrating } from './is-hydrating.js';

/** How well placed a host is to speak: `modal` while everything else is inert, `none` while it must not. */
export type AnnouncerRank = 'modal' | 'page' | 'none';

const RANKS: Readonly<Record<AnnouncerRank, number>> = { none: 0, page: 1, modal: 2 };

/** Those who could speak of one download in one document, so that only one does. */
interface Circle {
  readonly members: Set<AnnouncerController>;
  readonly milestones: Milestones;
}

const circles = new WeakMap<Document, Map<string, Circle>>();

/** Says the milestones of a download once, however many elements show it. */
export class AnnouncerController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #readRank: () => AnnouncerRank;

  #words = '';
  #lang = '';
  #key = '';
  #document: Document | undefined;

  constructor(host: ReactiveElement, readRank: () => AnnouncerRank) {
    this.#host = host;
    this.#readRank = readRank;
    host.addController(this);
  }

  /** How well placed its host is to speak at the moment. */
  get rank(): number {
    return RANKS[this.#readRank()];
  }

  /** Hears a change. Every element that shows the download may pass it on; it is said once. */
  hear(modelKey: string, download: ShownDownload | undefined, language: Language): void {
    this.#join(modelKey);
    const circle = this.#circle();
    const words = download && circle?.milestones.words(download, language);
    if (!circle || words === undefined) return;
    const [speaker] = [...circle.members].sort((one, other) => other.rank - one.rank);
    for (const member of circle.members) member.#say(member === speaker ? words : '', language.locale);
  }

  /** The live region. It must stand in the page before words are put into it. It can take a focus that would be lost. */
  render(): TemplateResult {
    return html`<div class="announcement" role="status" tabindex="-1" lang=${this.#lang}>${isHydrating(this.#host) ? '' : this.#words}</div>`;
  }

  hostDisconnected(): void {
    this.#leave();
    this.#words = '';
  }

  /** The words are in the language of who heard of the change, which need not be that of who says them. */
  #say(words: string, lang: string): void {
    if (words === this.#words) return;
    this.#words = words;
    this.#lang = lang;
    this.#host.requestUpdate();
  }

  #join(modelKey: string): void {
    const { ownerDocument } = this.#host;
    if (modelKey === this.#key && ownerDocument === this.#document) return;
    this.#leave();
    if (!modelKey) return;
    let keys = circles.get(ownerDocument);
    if (!keys) circles.set(ownerDocument, (keys = new Map<string, Circle>()));
    let circle = keys.get(modelKey);
    if (!circle) keys.set(modelKey, (circle = { members: new Set(), milestones: new Milestones() }));
    circle.members.add(this);
    this.#document = ownerDocument;
    this.#key = modelKey;
  }

  #leave(): void {
    const circle = this.#circle();
    circle?.members.delete(this);
    if (circle?.members.size === 0 && this.#document) circles.get(this.#document)?.delete(this.#key);
    this.#document = undefined;
    this.#key = '';
  }

  #circle(): Circle | undefined {
    return this.#document && circles.get(this.#document)?.get(this.#key);
  }
}
