import type { ReactiveController, ReactiveElement } from 'lit';
import { ThrottledProgressUpdater, type DownloadState } from '../../core/index.js';
import { DownloadBatch, fieldsOf, isDownloadStatus } from '../../core/internal.js';
import { ModelDownloadQueryEvent } from '../../protocol/index.js';
import { listenToChanges } from './change-listeners.js';
import type { Language } from '../i18n/language.js';
import { receivedDownload, type ReceivedDownload } from '../received-download.js';
import { isHydrating } from './is-hydrating.js';

/** The minimum time between two renderings while only the numbers change, in ms. */
const DRAW_INTERVAL = 250;

/** Updates a host with the changes of all downloads as one, while the host is connected and `isEnabled` returns `true`. */
export class BatchController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #isEnabled: () => boolean;
  readonly #draw: ThrottledProgressUpdater<void>;
  #batch = new DownloadBatch();
  /** The current batch in one language; `undefined` after a change. */
  #cached: { readonly language: Language; readonly received: ReceivedDownload } | undefined;
  #removeListener: (() => void) | undefined;
  #isConnected = false;

  constructor(host: ReactiveElement, isEnabled: () => boolean, notify: () => void) {
    this.#host = host;
    this.#isEnabled = isEnabled;
    const draw = (): void => {
      // The update of a change may be due after the host was disconnected.
      if (!this.#removeListener) return;
      notify();
      host.requestUpdate();
    };
    // Each of many downloads reports several times a second.
    this.#draw = new ThrottledProgressUpdater(draw, { interval: DRAW_INTERVAL });
    host.addController(this);
  }

  /** The downloads as one; `undefined` when none was requested. */
  received(language: Language): ReceivedDownload | undefined {
    const { states } = this.#batch;
    if (isHydrating(this.#host) || states.length === 0) return undefined;
    const { texts, locale } = this.#cached?.language ?? {};
    const isCurrent = this.#cached && texts === language.texts && locale === language.locale;
    if (!this.#cached || !isCurrent)
      this.#cached = { language, received: receivedDownload(({ toShownBatch }) => toShownBatch(states, language)) };
    return this.#cached.received;
  }

  /** The key of the download that a dialog should show: the first that has not completed. */
  get foremost(): string {
    const { states } = this.#batch;
    return (states.find(({ status }) => status !== 'completed') ?? states[0])?.modelKey ?? '';
  }

  hostConnected(): void {
    this.#isConnected = true;
  }

  hostUpdate(): void {
    if (!this.#isEnabled()) this.#stopListening();
    // A host also updates while it is disconnected, when no listener receives an event.
    if (!this.#isConnected || this.#removeListener || !this.#isEnabled()) return;
    this.#batch = new DownloadBatch();
    this.#cached = undefined;
    this.#removeListener = listenToChanges(this.#host.ownerDocument, '', (detail) => this.#handleChange(detail));
    this.#host.dispatchEvent(new ModelDownloadQueryEvent({ modelKey: '', answer: (state) => this.#apply(state) }));
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#stopListening();
  }

  #stopListening(): void {
    this.#removeListener?.();
    this.#removeListener = undefined;
  }

  #handleChange({ state, previousStatus }: Readonly<Record<string, unknown>>): void {
    if (!this.#apply(state)) return;
    this.#draw.update();
    if ((state as DownloadState).status !== previousStatus) this.#draw.flush();
  }

  /** Adds a state to the batch if it is valid, since any script can dispatch one. Returns whether it is. */
  #apply(state: unknown): boolean {
    const { modelKey, status } = fieldsOf(state);
    if (typeof modelKey !== 'string' || modelKey === '' || !isDownloadStatus(status)) return false;
    this.#cached = undefined;
    this.#batch.apply(state as DownloadState);
    return true;
  }
}
