import type { DownloadState } from '../core/index.js';
import { isActive, summarize } from '../core/internal.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';
import { Notifications } from './notifications.js';
import { ScreenWakeLock } from './screen-wake-lock.js';

/** The effects of downloads on a page outside of its elements: its title, notifications and the wake lock. */
export class PageEffects {
  readonly #notifications: Notifications | undefined;
  readonly #wakeLock: ScreenWakeLock | undefined;

  constructor({ notifications, wakeLock }: Pick<ModelDownloadsOptions, 'notifications' | 'wakeLock'>) {
    this.#notifications = notifications && new Notifications(notifications);
    this.#wakeLock = wakeLock ? new ScreenWakeLock() : undefined;
  }

  /** Applies the new state of a download. @param states The states of the downloads that were requested together. */
  apply(state: DownloadState, states: readonly DownloadState[]): void {
    this.#notifications?.apply(state, summarize(states));
    this.#wakeLock?.setNeeded(states.some(({ status }) => isActive(status) && status !== 'paused'));
  }

  /** Restores the page's title, releases the wake lock and removes the listeners. */
  dispose(): void {
    this.#notifications?.dispose();
    this.#wakeLock?.dispose();
  }
}
