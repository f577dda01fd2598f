import type { ReactiveController, ReactiveElement } from 'lit';
import { ThrottledProgressUpdater, type DownloadState } from '../../core/index.js';
import { DownloadBatch, toDownloadState, NO_ACTIONS } from '../../core/internal.js';
import { ModelDownloadQueryEvent } from '../../protocol/index.js';
import { listenToChanges } from './change-listeners.js';
import type { Language } from '../i18n/language.js';
import { toShownDownload, type ShownDownload } from '../shown-download.js';
import { countOf } from '../i18n/phrases.js';
import { isHydrating } from './is-hydrating.js';

/** The least time between two drawings of a sum that is only larger, in ms. */
const DRAW_INTERVAL = 250;

/** Keeps a host drawn from the changes of all downloads, as one, for as long as it is connected and wants to. */
export class BatchController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #isWanted: () => boolean;
  readonly #draw: ThrottledProgressUpdater<void>;
  #batch = new DownloadBatch();
  /** What was read last of the batch as it is now. */
  #read: { readonly language: Language; readonly download: ShownDownload | undefined } | undefined;
  #leaveDocument: (() => void) | undefined;
  #isConnected = false;

  constructor(host: ReactiveElement, isWanted: () => boolean, notify: () => void) {
    this.#host = host;
    this.#isWanted = isWanted;
    const draw = (): void => {
      notify();
      host.requestUpdate();
    };
    // Many downloads that each tell what they have would have their sum drawn all the time.
    this.#draw = new ThrottledProgressUpdater(draw, { interval: DRAW_INTERVAL });
    host.addController(this);
  }

  /** The downloads as one; `undefined` when none has been asked for. */
  shown(language: Language): ShownDownload | undefined {
    if (isHydrating(this.#host)) return undefined;
    const { texts, locale } = this.#read?.language ?? {};
    const isCurrent = this.#read && texts === language.texts && locale === language.locale;
    if (!this.#read || !isCurrent) this.#read = { language, download: this.#sum(language) };
    return this.#read.download;
  }

  #sum({ texts, locale }: Language): ShownDownload | undefined {
    const { states, summary } = this.#batch;
    const [first] = states;
    if (!first) return undefined;
    if (states.length === 1) return toShownDownload(first.modelKey, first, undefined);
    const modelName = texts.severalModels(countOf(states.length, locale));
    return toShownDownload('', { ...summary, modelName, can: NO_ACTIONS }, undefined);
  }

  /** The download that a dialog should show: the first that is not over. */
  get foremost(): string {
    const { states } = this.#batch;
    return (states.find(({ status }) => status !== 'completed') ?? states[0])?.modelKey ?? '';
  }

  hostConnected(): void {
    this.#isConnected = true;
  }

  hostUpdate(): void {
    if (!this.#isWanted()) this.#leave();
    // A host also updates while detached; an event then would reach no listener.
    if (!this.#isConnected || this.#leaveDocument || !this.#isWanted()) return;
    this.#batch = new DownloadBatch();
    this.#read = undefined;
    this.#leaveDocument = listenToChanges(this.#host.ownerDocument, '', (detail) => this.#receive(detail));
    this.#host.dispatchEvent(new ModelDownloadQueryEvent({ modelKey: '', answer: (state) => this.#hear(state) }));
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#leave();
  }

  #leave(): void {
    this.#leaveDocument?.();
    this.#leaveDocument = undefined;
  }

  #receive({ state, previousStatus }: Readonly<Record<string, unknown>>): void {
    if (!this.#hear(state)) return;
    this.#draw.update();
    if ((state as DownloadState).status !== previousStatus) this.#draw.flush();
  }

  /** Any script of the page may say anything: only what can be drawn is taken. */
  #hear(state: unknown): boolean {
    const { modelKey } = (state ?? {}) as { modelKey?: unknown };
    if (typeof modelKey !== 'string' || modelKey === '') return false;
    const known = toShownDownload(modelKey, state, undefined);
    if (!known) return false;
    const { name: modelName, status, bytes: bytesDownloaded, total: totalBytes, speed, timeRemaining, retryAt, can } = known;
    this.#read = undefined;
    const fields = { modelKey, modelName, status, bytesDownloaded, totalBytes, speed, timeRemaining, retryAt, can };
    this.#batch.apply(toDownloadState({ ...(state as DownloadState), ...fields }));
    return true;
  }
}
