// In: answers to queries, and changes of downloads. Out: checked values, and updates of the element.
import type { ReactiveController, ReactiveElement } from 'lit';
import type { DownloadStatus } from '../../core/index.js';
import { addListener, fieldsOf, isDownloadStatus } from '../../core/internal.js';
import { ModelDownloadQueryEvent, ModelStorageQueryEvent } from '../../protocol/index.js';
import { listenToChanges } from '../controllers/change-listeners.js';
import { toShownDownload, type ShownDownload } from '../shown-download.js';
import { toShownStorage, type ShownStorage } from './shown-storage.js';
import { settleWithin } from './settle-within.js';

/** How long a query waits for the answers, in ms. */
const ANSWER_LIMIT = 60_000;

/** How long a query waits after a change for further ones, in ms. */
const QUIET = 300;

/** How long the observer may take to report whether the host is in view, in ms. In browsers it reports in the next frame. */
const FIRST_REPORT_LIMIT = 1_000;

/** Whether the storage is being read, has been read, or cannot be read. */
export type StorageState = 'checking' | 'known' | 'unreadable';

/**
 * Queries the storage when the host first comes into view, after changes of downloads, and when the page becomes visible again:
 * another tab may have changed the storage.
 */
export class StorageQuery implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #downloads = new Map<string, ShownDownload>();
  readonly #controllers = new Set<AbortController>();

  #shown: ShownStorage | undefined;
  #hasAnswered = false;
  #isSeen = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  /** The number of requests to read the storage. */
  #wanted = 0;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  /** The storage; `undefined` until it was read. */
  get shown(): ShownStorage | undefined {
    return this.#shown;
  }

  get state(): StorageState {
    return this.#shown ? 'known' : this.#hasAnswered ? 'unreadable' : 'checking';
  }

  /** The download of a model; `undefined` if the page does not report one. */
  downloadOf(key: string): ShownDownload | undefined {
    return this.#downloads.get(key);
  }

  /** The status of a model's download. */
  statusOf(key: string): DownloadStatus {
    return this.#downloads.get(key)?.status ?? this.#shown?.models.find((model) => model.key === key)?.status ?? 'idle';
  }

  hostConnected(): void {
    const controller = new AbortController();
    const { signal } = controller;
    this.#controllers.add(controller);
    const { ownerDocument } = this.#host;
    const stopListening = listenToChanges(ownerDocument, '', (detail) => this.#handleChange(detail));
    const stopObserving = this.#observe(ownerDocument);
    signal.addEventListener('abort', stopListening);
    signal.addEventListener('abort', stopObserving);
    signal.addEventListener('abort', addListener(ownerDocument, 'visibilitychange', this.#handleVisibility));
  }

  hostDisconnected(): void {
    for (const controller of this.#controllers) controller.abort();
    this.#controllers.clear();
    clearTimeout(this.#timer);
    this.#isSeen = false;
  }

  /** Reads the storage again. Resolves when the host has the new values. */
  async refresh(): Promise<void> {
    // The files can have changed after a running query has counted them.
    this.#wanted += 1;
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
    await this.#running;
  }

  async #run(): Promise<void> {
    let current = 0;
    while (current !== this.#wanted) {
      current = this.#wanted;
      await this.#query();
    }
  }

  async #query(): Promise<void> {
    const answers: unknown[] = [];
    this.#host.dispatchEvent(new ModelStorageQueryEvent({ answer: (report) => void answers.push(report) }));
    const settled = await settleWithin(answers, ANSWER_LIMIT);
    const reports = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const shown = toShownStorage(reports);
    this.#hasAnswered = true;
    // After a failed query the values of the last one are shown.
    if (shown) this.#shown = { ...shown, isWhole: shown.isWhole && reports.length === settled.length };
    for (const { key } of shown?.models ?? []) {
      this.#host.dispatchEvent(new ModelDownloadQueryEvent({ modelKey: key, answer: (state) => void this.#apply(key, state) }));
    }
    this.#host.requestUpdate();
  }

  #observe({ defaultView }: Document): () => void {
    const Observer = defaultView?.IntersectionObserver;
    // A document without an IntersectionObserver is not displayed, or is emulated.
    if (!Observer) {
      this.#see();
      return () => undefined;
    }
    const observer = new Observer((entries) => {
      clearTimeout(timer);
      if (entries.some(({ isIntersecting }) => isIntersecting)) this.#see();
    });
    // The observer of happy-dom reports nothing, and that of a hidden page reports later.
    const timer = setTimeout(() => this.#isVisible && this.#see(), FIRST_REPORT_LIMIT);
    observer.observe(this.#host);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }

  /** Reads the storage when the host comes into view: it may stay in a closed panel, where reading would only cost time. */
  #see(): void {
    if (this.#isSeen) return;
    this.#isSeen = true;
    void this.refresh();
  }

  readonly #handleVisibility = (): void => {
    if (this.#isSeen && this.#isVisible) void this.refresh();
  };

  get #isVisible(): boolean {
    return this.#host.ownerDocument.visibilityState === 'visible';
  }

  #handleChange({ modelKey, state }: Readonly<Record<string, unknown>>): void {
    const key = String(modelKey);
    const before = this.statusOf(key);
    if (!this.#apply(key, state)) return;
    const { status } = fieldsOf(state);
    // An idle model can have lost its files.
    if (status !== before || status === 'idle') this.#refreshSoon();
    this.#host.requestUpdate();
  }

  #refreshSoon(): void {
    clearTimeout(this.#timer);
    if (this.#isSeen) this.#timer = setTimeout(() => void this.refresh(), QUIET);
  }

  /** Applies the state of a download if it is valid, since any script can dispatch one. Returns whether it is. */
  #apply(key: string, state: unknown): boolean {
    const download = isDownloadStatus(fieldsOf(state).status) ? toShownDownload(key, state, undefined) : undefined;
    if (download) this.#downloads.set(key, download);
    return download !== undefined;
  }
}
