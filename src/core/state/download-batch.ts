import { isActive, type DownloadState } from './download-state.js';

/**
 * The downloads that run together: from the first request until all have ended. The next request
 * begins another batch.
 */
export class DownloadBatch {
  readonly #states = new Map<string, DownloadState>();

  /** Applies the new state of a download. */
  apply(state: DownloadState): void {
    const { modelKey, status } = state;
    if (status === 'idle' || status === 'cancelled') {
      this.#states.delete(modelKey);
      return;
    }
    if (!this.#states.has(modelKey)) {
      // A download whose first state here is an ended one belongs to no batch.
      if (!isActive(status)) return;
      if (![...this.#states.values()].some((known) => isActive(known.status))) this.#states.clear();
    }
    this.#states.set(modelKey, state);
  }

  /** The states in it, in the order of the requests. */
  get states(): readonly DownloadState[] {
    return [...this.#states.values()];
  }
}
