import type { DownloadState, DownloadStatus, DownloadSummary } from '../core/index.js';

/** What tells of downloads while the page is hidden, in the page's own words. */
export interface NotificationOptions {
  /** The page's title while downloads are under way; `undefined` leaves the page's own. It is told with each change. */
  readonly title?: ((summary: DownloadSummary) => string | undefined) | undefined;
  /**
   * The words of the system's notification when a download has ended, `completed` or `failed`, and the
   * page is hidden; `undefined` shows none. The page asks the user for the permission itself.
   */
  readonly notification?: ((state: DownloadState) => string | undefined) | undefined;
}

/** Tells of downloads in the page's title and by the system. */
export class Notifications {
  readonly #notices: NotificationOptions;
  readonly #statuses = new Map<string, DownloadStatus>();
  #ownTitle: string | undefined;
  #shownTitle: string | undefined;

  constructor(notices: NotificationOptions) {
    this.#notices = notices;
  }

  /** Takes a change of a download, and what it makes of all of them. */
  hear(state: DownloadState, summary: DownloadSummary): void {
    const { modelKey, status } = state;
    const isNew = this.#statuses.get(modelKey) !== status;
    this.#statuses.set(modelKey, status);
    this.#showTitle(summary.running + summary.queued > 0 ? this.#notices.title?.(summary) : undefined);
    if (isNew && (status === 'completed' || status === 'failed')) this.#notify(state);
  }

  #showTitle(title: string | undefined): void {
    // A page that has changed its title meanwhile keeps it.
    if (document.title !== this.#shownTitle) this.#ownTitle = document.title;
    if (title === undefined && this.#shownTitle === undefined) return;
    document.title = title ?? this.#ownTitle ?? '';
    this.#shownTitle = title;
  }

  #notify(state: DownloadState): void {
    const words = document.visibilityState === 'hidden' ? this.#notices.notification?.(state) : undefined;
    if (words === undefined || !('Notification' in globalThis) || Notification.permission !== 'granted') return;
    try {
      new Notification(words, { tag: `model-download:${state.modelKey}` });
    } catch {
      // Some systems show notifications of service workers only.
    }
  }
}
