import type { DownloadState, DownloadStatus, DownloadSummary } from '../core/index.js';

/** The texts that a page shows in its title and in notifications. */
export interface NotificationOptions {
  /** Returns the page's title while downloads are active; `undefined` keeps the page's own. Called with each change. */
  readonly title?: ((summary: DownloadSummary) => string | undefined) | undefined;
  /**
   * Returns the text of a system notification when a download ends with `completed` or `failed` while the page is hidden;
   * `undefined` shows none. The page requests the permission itself.
   */
  readonly notification?: ((state: DownloadState) => string | undefined) | undefined;
}

/** Shows downloads in the page's title and in system notifications. */
export class Notifications {
  readonly #options: NotificationOptions;
  readonly #statuses = new Map<string, DownloadStatus>();
  #ownTitle: string | undefined;
  #shownTitle: string | undefined;

  constructor(options: NotificationOptions) {
    this.#options = options;
  }

  /** Applies the new state of a download, and the new summary. */
  apply(state: DownloadState, summary: DownloadSummary): void {
    const { modelKey, status } = state;
    const isNew = this.#statuses.get(modelKey) !== status;
    this.#statuses.set(modelKey, status);
    this.#showTitle(summary.running + summary.queued > 0 ? this.#options.title?.(summary) : undefined);
    if (isNew && (status === 'completed' || status === 'failed')) this.#notify(state);
  }

  /** Restores the page's own title. */
  dispose(): void {
    this.#showTitle(undefined);
  }

  #showTitle(title: string | undefined): void {
    // A title that the page has changed meanwhile is its own title.
    if (document.title !== this.#shownTitle) this.#ownTitle = document.title;
    if (title === undefined && this.#shownTitle === undefined) return;
    document.title = title ?? this.#ownTitle ?? '';
    // Read again: the document removes some spaces.
    this.#shownTitle = title === undefined ? undefined : document.title;
  }

  #notify(state: DownloadState): void {
    const text = document.visibilityState === 'hidden' ? this.#options.notification?.(state) : undefined;
    if (text === undefined || !('Notification' in globalThis) || Notification.permission !== 'granted') return;
    try {
      new Notification(text, { tag: `model-download:${state.modelKey}` });
    } catch {
      // Some systems show only notifications of service workers.
    }
  }
}
