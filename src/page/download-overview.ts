import type { DownloadState, DownloadSummary } from '../core/index.js';
import { DownloadBatch, summarize } from '../core/internal.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';
import type { PageEffects } from './page-effects.js';

/** All downloads of a page as one, with their effects on the page. */
export class DownloadOverview {
  readonly #batch = new DownloadBatch();
  #effects: PageEffects | undefined;
  #isDisposed = false;

  constructor({ notifications, wakeLock }: Pick<ModelDownloadsOptions, 'notifications' | 'wakeLock'>) {
    // If the module cannot be imported, the downloads continue without a title, notifications and the wake lock.
    if ((notifications || wakeLock) && 'document' in globalThis) this.#importEffects({ notifications, wakeLock }).catch(() => undefined);
  }

  /** The states of the downloads that were requested together, in the order of the requests. */
  get states(): readonly DownloadState[] {
    return this.#batch.states;
  }

  get summary(): DownloadSummary {
    return summarize(this.states);
  }

  /** Applies the new state of a download. */
  apply(state: DownloadState): void {
    this.#batch.apply(state);
    this.#effects?.apply(state, this.states);
  }

  /** Restores the page's title, releases the wake lock and removes the listeners. */
  dispose(): void {
    this.#isDisposed = true;
    this.#effects?.dispose();
  }

  async #importEffects(options: Pick<ModelDownloadsOptions, 'notifications' | 'wakeLock'>): Promise<void> {
    const { PageEffects: Effects } = await import('./page-effects.js');
    if (this.#isDisposed) return;
    this.#effects = new Effects(options);
    for (const state of this.states) this.#effects.apply(state, this.states);
  }
}
