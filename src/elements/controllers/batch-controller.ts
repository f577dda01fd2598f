import type { ReactiveController, ReactiveElement } from 'lit';
import { DownloadBatch, NO_ACTIONS, type DownloadState } from '../../core/index.js';
import { ModelDownloadChangeEvent, ModelDownloadQueryEvent } from '../../protocol/index.js';
import type { Language } from '../language.js';
import { readDownload, type ShownDownload } from '../shown-download.js';
import { isHydrating } from './is-hydrating.js';

/** Keeps a host drawn from the changes of all downloads, as one, for as long as it is connected and wants to. */
export class BatchController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #isWanted: () => boolean;
  readonly #notify: () => void;
  #batch = new DownloadBatch();
  #document: Document | undefined;
  #isConnected = false;

  constructor(host: ReactiveElement, isWanted: () => boolean, notify: () => void) {
    this.#host = host;
    this.#isWanted = isWanted;
    this.#notify = notify;
    host.addController(this);
  }

  /** The downloads as one; `undefined` when none has been asked for. */
  shown({ texts, locale }: Language): ShownDownload | undefined {
    const { states, summary } = this.#batch;
    const [first] = states;
    if (!first || isHydrating(this.#host)) return undefined;
    if (states.length === 1) return readDownload(first.modelKey, first, undefined);
    const modelName = texts.severalModels(new Intl.NumberFormat(locale).format(states.length));
    return readDownload('', { ...summary, modelName, can: NO_ACTIONS }, undefined);
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
    // A host also updates while detached; asking then would reach nobody.
    if (!this.#isConnected || this.#document || !this.#isWanted()) return;
    this.#batch = new DownloadBatch();
    this.#document = this.#host.ownerDocument;
    this.#document.addEventListener(ModelDownloadChangeEvent.eventName, this.#receive);
    this.#host.dispatchEvent(new ModelDownloadQueryEvent({ modelKey: '', answer: (state) => this.#hear(state) }));
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#leave();
  }

  #leave(): void {
    this.#document?.removeEventListener(ModelDownloadChangeEvent.eventName, this.#receive);
    this.#document = undefined;
  }

  readonly #receive = (event: Event): void => {
    const { state } = ((event as CustomEvent<unknown>).detail ?? {}) as { state?: unknown };
    if (!this.#hear(state)) return;
    this.#notify();
    this.#host.requestUpdate();
  };

  /** Any script of the page may say anything: only what can be drawn is taken. */
  #hear(state: unknown): boolean {
    const { modelKey } = (state ?? {}) as { modelKey?: unknown };
    if (typeof modelKey !== 'string' || modelKey === '') return false;
    const known = readDownload(modelKey, state, undefined);
    if (!known) return false;
    const { name: modelName, status, bytes: bytesDownloaded, total: totalBytes, speed, timeRemaining, retryAt, can } = known;
    this.#batch.hear({ ...(state as DownloadState), modelKey, modelName, status, bytesDownloaded, totalBytes, speed, timeRemaining, retryAt, can });
    return true;
  }
}
