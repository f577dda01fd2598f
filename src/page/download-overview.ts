import type { DownloadState, DownloadSummary } from '../core/index.js';
import { DownloadBatch, isActive } from '../core/internal.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';
import { Notifications } from './notifications.js';
import { ScreenWakeLock } from './screen-wake-lock.js';

/** All downloads of a page as one, with their effects on the page: its title, notifications and the wake lock. */
export class DownloadOverview {
  readonly #batch = new DownloadBatch();
  readonly #notifications: Notifications | undefined;
  readonly #wakeLock: ScreenWakeLock | undefined;

  constructor({ notifications, wakeLock }: Pick<ModelDownloadsOptions, 'notifications' | 'wakeLock'>) {
    const inPage = 'document' in globalThis;
    this.#notifications = notifications && inPage ? new Notifications(notifications) : undefined;
    this.#wakeLock = wakeLock && inPage ? new ScreenWakeLock() : undefined;
  }

  /** The states of the downloads that were requested together, in the order of the requests. */
  get states(): readonly DownloadState[] {
    return this.#batch.states;
  }

  get summary(): DownloadSummary {
    return this.#batch.summary;
  }

  /** Applies the new state of a download. */
  apply(state: DownloadState): void {
    this.#batch.apply(state);
    this.#notifications?.apply(state, this.summary);
    this.#wakeLock?.setNeeded(this.states.some(({ status }) => isActive(status) && status !== 'paused'));
  }

  /** Restores the page's title, releases the wake lock and removes the listeners. */
  dispose(): void {
    this.#notifications?.dispose();
    this.#wakeLock?.dispose();
  }
}
