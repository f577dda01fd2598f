import { DownloadBatch, isActive, type DownloadState, type DownloadSummary } from '../core/index.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';
import { Notices } from './notices.js';
import { ScreenWakeLock } from './screen-wake-lock.js';

/** All downloads of a page as one, and what the page does about them while it is hidden or left alone. */
export class Attention {
  readonly #batch = new DownloadBatch();
  readonly #notices: Notices | undefined;
  readonly #wakeLock: ScreenWakeLock | undefined;

  constructor({ notify, wakeLock }: Pick<ModelDownloadsOptions, 'notify' | 'wakeLock'>) {
    const inPage = 'document' in globalThis;
    this.#notices = notify && inPage ? new Notices(notify) : undefined;
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
    this.#batch.hear(state);
    this.#notices?.hear(state, this.summary);
    this.#wakeLock?.want(this.states.some(({ status }) => isActive(status) && status !== 'paused'));
  }

  /** Listens to the page no more. */
  dispose(): void {
    this.#wakeLock?.dispose();
  }
}
