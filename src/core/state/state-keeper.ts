import { attempt } from '../attempt.js';
import type { Clock } from '../time/clock.js';
import type { DownloadState, DownloadStatus } from './download-state.js';
import { readDownload, writeDownload, type PersistedDownload, type StateStorage } from './persisted-state.js';

/** The least time between two writes without a change of the status, in ms. */
const PERSIST_INTERVAL = 1_000;

/** Options of a {@link StateKeeper}. */
export interface StateKeeperOptions {
  readonly clock: Clock;
  /** Where states are stored; `undefined` stores none. */
  readonly storage: StateStorage | undefined;
  /** Put before every storage key. */
  readonly prefix: string;
  /** Whether `store()` may write or delete the state of a download. An error that it throws counts as `false`. */
  readonly mayPersist: (modelKey: string) => boolean;
}

/**
 * Stores the states for the next visit: at each change of a status, and at most once a second in between. If storage is
 * blocked or full, the next visit does not offer to continue; the download itself is not affected.
 */
export class StateKeeper {
  readonly #options: StateKeeperOptions;
  readonly #storedAt = new Map<string, number>();

  constructor(options: StateKeeperOptions) {
    this.#options = options;
  }

  /** Stores a state, or deletes that of a cancelled download. @param previous The status before this one. */
  store(state: DownloadState, previous: DownloadStatus | undefined): void {
    const { modelKey, status, bytesDownloaded, progress, kept } = state;
    const { clock, storage, prefix, mayPersist } = this.#options;
    if (status === 'idle') return;
    const now = clock.now();
    const due = now - (this.#storedAt.get(modelKey) ?? -Infinity) >= PERSIST_INTERVAL;
    if ((status === previous && !due) || !attempt(() => mayPersist(modelKey))) return;
    if (status === 'cancelled') {
      this.delete(modelKey);
      return;
    }
    // Before the first byte there is nothing that the next visit could continue, unless an earlier visit has stored bytes. A runtime
    // that reports only shares has received an unknown number of bytes.
    if (!bytesDownloaded && !progress && !kept) return;
    this.#storedAt.set(modelKey, now);
    // The next visit can continue a failed download in the same way as one that was interrupted by the end of this visit.
    const offered = status === 'failed' ? { ...state, status: 'paused' as const } : state;
    attempt(() => storage?.setItem(prefix + modelKey, writeDownload(offered)));
  }

  /** Returns the state that an earlier visit has stored; `undefined` if there is none, or it cannot be read. */
  read(modelKey: string): PersistedDownload | undefined {
    const { storage, prefix } = this.#options;
    return readDownload(attempt(() => storage?.getItem(prefix + modelKey)) ?? null, modelKey);
  }

  delete(modelKey: string): void {
    const { storage, prefix } = this.#options;
    this.#storedAt.delete(modelKey);
    attempt(() => storage?.removeItem(prefix + modelKey));
  }
}
