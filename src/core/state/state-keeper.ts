import type { Clock } from '../time/clock.js';
import type { DownloadState, DownloadStatus } from './download-state.js';
import { readDownload, writeDownload, type PersistedDownload, type StateStorage } from './persisted-state.js';

/** The least time between two writes that no transition calls for, in ms. */
const PERSIST_INTERVAL = 1_000;

/** What a {@link StateKeeper} depends on. */
export interface StateKeeperOptions {
  readonly clock: Clock;
  /** Where states outlive the page; `undefined` keeps nothing. */
  readonly storage: StateStorage | undefined;
  /** Put before every storage key. */
  readonly prefix: string;
  /** Whether this page's state of a download is the one to keep, or to delete. May throw: then it is not. */
  readonly mayPersist: (modelKey: string) => boolean;
}

/**
 * Keeps what the next visit needs of the states: at each transition, and at most once a second between. Storage that is
 * blocked, full or gone costs the next visit its offer, and nothing else.
 */
export class StateKeeper {
  readonly #options: StateKeeperOptions;
  readonly #keptAt = new Map<string, number>();

  constructor(options: StateKeeperOptions) {
    this.#options = options;
  }

  /** @param previous The status before this one. */
  keep(state: DownloadState, previous: DownloadStatus | undefined): void {
    const { modelKey, status } = state;
    const { clock, storage, prefix, mayPersist } = this.#options;
    if (status === 'idle') return;
    const now = clock.now();
    const due = now - (this.#keptAt.get(modelKey) ?? -Infinity) >= PERSIST_INTERVAL;
    if ((status === previous && !due) || !attempt(() => mayPersist(modelKey))) return;
    if (status === 'cancelled') {
      this.forget(modelKey);
      return;
    }
    this.#keptAt.set(modelKey, now);
    // A failed download can be gone on with at the next visit as well as one that the visit's end broke.
    const offered = status === 'failed' ? { ...state, status: 'paused' as const } : state;
    attempt(() => storage?.setItem(prefix + modelKey, writeDownload(offered)));
  }

  /** What an earlier visit has kept, or `undefined` for nothing, or nothing that can be withoutWeak. */
  read(modelKey: string): PersistedDownload | undefined {
    const { storage, prefix } = this.#options;
    return readDownload(attempt(() => storage?.getItem(prefix + modelKey)) ?? null, modelKey);
  }

  forget(modelKey: string): void {
    const { storage, prefix } = this.#options;
    this.#keptAt.delete(modelKey);
    attempt(() => storage?.removeItem(prefix + modelKey));
  }
}

function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
