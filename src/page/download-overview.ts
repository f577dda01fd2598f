import type { DownloadState, DownloadSummary } from '../core/index.js';
import { DownloadBatch, isActive } from '../core/internal.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';
import { Notifications } from './notifications.js';
import { ScreenWakeLock } from './screen-wake-lock.js';

/** All downloads of a page as one, and what the page does about them while it is hidden or left alone. */
export class DownloadOverview {
  readonly #batch = new DownloadBatch();
  readonly #notices: Notifications | undefined;
  readonly #wakeLock: ScreenWakeLock | undefined;

  constructor({ notify, wakeLock }: Pick<ModelDownloadsOptions, 'notify' | 'wakeLock'>) {
    const inPage = 'document' in globalThis;
    this.#notices = notify && inPage ? new Notifications(notify) : undefined;
    this.#wakeLock = wakeLock && inPage ? new ScreenWakeLock() : undefined;
  }

  /** The states of the downloads that were asked for together, in that order. */
  get states(): readonly DownloadState[] {
    return this.#batch.states;
  }

  get summary(): DownloadSummary {
    return this.#batch.summary;
  }

  /** Takes a change of a download. */
  hear(state: DownloadState): void {
    this.#batch.apply(state);
    this.#notices?.hear(state, this.summary);
    this.#wakeLock?.want(this.states.some(({ status }) => isActive(status) && status !== 'paused'));
  }

  /** Listens to the page no more. */
  dispose(): void {
    this.#wakeLock?.dispose();
  }
}
