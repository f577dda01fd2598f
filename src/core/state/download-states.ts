// In: updates. Out: frozen states, to the subscribers of the model and to the storage.
import type { DownloadFailure } from '../failure/download-failure.js';
import { epochNow, type Clock, type Timer } from '../time/clock.js';
import { canFollow, isActive, NO_ACTIONS, type DownloadState, type DownloadStateFields, type DownloadStatus } from './download-state.js';
import { notify } from '../time/notify.js';
import type { StateStorage } from './persisted-state.js';
import { StateKeeper } from './state-keeper.js';
import { storagePrefix } from './storage-prefix.js';
import { systemClock } from '../time/system-clock.js';
import { toDownloadState } from './to-download-state.js';

/** Options of a {@link ProgressStateManager}. */
export interface ProgressStateManagerOptions {
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
  /** Where states are stored for the next visit; `undefined` stores none. */
  readonly storage?: StateStorage | undefined;
  /** Put before every storage key, with a colon. Default: nothing. */
  readonly namespace?: string | undefined;
  /**
   * Whether this page may store the state of a download, and delete it after a cancel: of several tabs only one may. Other deletions
   * do not depend on it. Default: always.
   */
  readonly mayPersist?: ((modelKey: string) => boolean) | undefined;
}

/**
 * The fields that an update sets; `undefined` clears a value, and a missing field keeps it. `modelKey` is fixed, and
 * `lastUpdate` is the time of the clock.
 */
export type DownloadUpdate = Partial<Omit<DownloadStateFields, 'modelKey' | 'lastUpdate'>>;

/** How long the stored state of a download is kept after its completion, in ms. */
const CLEAN_UP_DELAY = 5_000;

type Listener = (state: DownloadState) => void;

/** The only writer of download states. The entry contains it; the rules that classify a failure are in the engine. */
export class DownloadStates {
  readonly #clock: Clock;
  readonly #keeper: StateKeeper;
  readonly #states = new Map<string, DownloadState>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #cleanUps = new Map<string, Timer>();
  /** The states that listeners have not received yet, oldest first. */
  #undelivered: DownloadState[] = [];

  constructor({ clock = systemClock, storage, namespace, mayPersist = () => true }: ProgressStateManagerOptions = {}) {
    this.#clock = clock;
    const prefix = storagePrefix(namespace, 'download_state');
    this.#keeper = new StateKeeper({ clock, storage, prefix, mayPersist });
  }

  /** Adds a download without starting it. A known download keeps its state. */
  defineDownload(modelKey: string, update: DownloadUpdate = {}): DownloadState {
    return this.#states.get(modelKey) ?? this.#write(this.#initial(modelKey, update));
  }

  /** Adds facts to a download that has not started, such as whether it fits. */
  describeDownload(
    modelKey: string,
    update: Pick<
      DownloadUpdate,
      'totalBytes' | 'cached' | 'cachedBytes' | 'excludesRuntime' | 'fits' | 'variant' | 'variants' | 'lastSpeed'
    >,
  ): void {
    const known = this.#states.get(modelKey);
    if (known?.status === 'idle') this.#change(known, update);
  }

  /** Starts a download, or starts it again, with the figures of a new one. A queued download keeps its state. */
  startDownload(modelKey: string, update: DownloadUpdate = {}): DownloadState {
    const known = this.#states.get(modelKey);
    if (known?.status === 'queued') return known;
    const { modelName, totalBytes, cached, fits } = known ?? this.#initial(modelKey, update);
    const fresh = this.#initial(modelKey, { modelName, totalBytes, cached, fits, ...update });
    return this.#write({ ...fresh, status: 'queued', startTime: epochNow(this.#clock) });
  }

  /** Updates an active download. An update whose status cannot follow the current one is ignored. */
  updateDownload(modelKey: string, update: DownloadUpdate): DownloadState | undefined {
    const known = this.#states.get(modelKey);
    if (!known || !isActive(known.status)) return known;
    return this.#change(known, update);
  }

  /** Pauses a download. */
  pauseDownload(modelKey: string, update: DownloadUpdate = {}): DownloadState | undefined {
    return this.updateDownload(modelKey, { can: NO_ACTIONS, ...update, status: 'paused' });
  }

  /** Completes a download: the model is usable. Its stored state is deleted 5 s later. */
  completeDownload(modelKey: string, update: DownloadUpdate = {}): DownloadState | undefined {
    return this.updateDownload(modelKey, { can: NO_ACTIONS, ...update, status: 'completed' });
  }

  /** Ends a download of files whose model does not start: all files are on this device, so the state becomes `idle` and `cached`. */
  markCached(modelKey: string): DownloadState | undefined {
    const known = this.#states.get(modelKey);
    if (!known || !isActive(known.status)) return known;
    this.#keeper.delete(modelKey);
    // Without the total: the next load may need other files, such as that of the runtime.
    return this.#write(this.#initial(modelKey, { modelName: known.modelName, cached: true }));
  }

  /** Ends a download by a failure. The state receives its code and its message. */
  failDownload(modelKey: string, { code, message }: DownloadFailure, update: DownloadUpdate = {}): DownloadState | undefined {
    return this.updateDownload(modelKey, { can: NO_ACTIONS, error: message, failureCode: code, ...update, status: 'failed' });
  }

  /** Cancels a download. This is not a failure. */
  cancelDownload(modelKey: string, update: DownloadUpdate = {}): DownloadState | undefined {
    const known = this.#states.get(modelKey);
    if (!known || !(isActive(known.status) || known.status === 'failed')) return known;
    return this.#change(known, { can: NO_ACTIONS, ...update, status: 'cancelled' });
  }

  /** Makes an ended or paused download `idle`, without its figures and its stored state. */
  resetDownload(modelKey: string, update: DownloadUpdate = {}): DownloadState | undefined {
    const known = this.#states.get(modelKey);
    if (!known || (isActive(known.status) && known.status !== 'paused')) return known;
    this.#keeper.delete(modelKey);
    return this.#write(this.#initial(modelKey, { modelName: known.modelName, ...update }));
  }

  /** Deletes the stored state of a download, after its bytes were deleted. */
  deleteStored(modelKey: string): void {
    this.#keeper.delete(modelKey);
  }

  /** Removes a download. Its stored state is kept. */
  forgetDownload(modelKey: string): void {
    this.#states.delete(modelKey);
  }

  /** Returns the state of a download; `undefined` for an unknown one. */
  getState(modelKey: string): DownloadState | undefined {
    return this.#states.get(modelKey);
  }

  /** Returns the states of all known downloads. */
  getStates(): readonly DownloadState[] {
    return [...this.#states.values()];
  }

  /**
   * Calls `listener` with each new state of a download, which may be unknown yet. Returns a function that ends the
   * subscription. A listener that changes a state returns before any listener receives the change, so that all receive the
   * changes in their order. An error that the listener throws is reported as uncaught.
   */
  subscribe(modelKey: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(modelKey) ?? new Set();
    this.#listeners.set(modelKey, listeners);
    // One function may be subscribed twice; each subscription ends on its own.
    const own: Listener = (state) => listener(state);
    listeners.add(own);
    return () => listeners.delete(own);
  }

  /**
   * Restores an unfinished download of an earlier visit as `paused`, with its number of bytes. A download that has started in this
   * visit is returned unchanged. Returns `undefined` when no state is stored, or it cannot be read.
   */
  restoreState(modelKey: string, update: DownloadUpdate = {}): DownloadState | undefined {
    const known = this.#states.get(modelKey);
    if (known && known.status !== 'idle') return known;
    const stored = this.#keeper.read(modelKey);
    if (!stored) return undefined;
    const { modelName, startTime, bytesDownloaded, totalBytes, kept } = stored;
    const initial = this.#initial(modelKey, { modelName, ...update });
    const restored = { startTime, bytesDownloaded, totalBytes: totalBytes ?? initial.totalBytes, kept, isRestored: true };
    return this.#write({ ...initial, ...restored, status: 'paused', can: { ...NO_ACTIONS, resume: true, cancel: true } });
  }

  /** Ends every subscription and timer. The stored state of a completed download is deleted at once. */
  dispose(): void {
    this.#listeners.clear();
    for (const [modelKey, timer] of this.#cleanUps) {
      this.#clock.clearTimeout(timer);
      this.#keeper.delete(modelKey);
    }
    this.#cleanUps.clear();
  }

  #initial(modelKey: string, update: DownloadUpdate): DownloadStateFields {
    return {
      modelKey,
      modelName: modelKey,
      status: 'idle',
      bytesDownloaded: 0,
      attempt: 0,
      maxAttempts: 0,
      can: NO_ACTIONS,
      variant: this.#states.get(modelKey)?.variant,
      ...update,
      lastUpdate: epochNow(this.#clock),
    };
  }

  #change(known: DownloadState, update: DownloadUpdate): DownloadState {
    if (update.status && !canFollow(known.status, update.status)) return known;
    return this.#write({ ...known, ...update, lastUpdate: epochNow(this.#clock) });
  }

  #write(fields: DownloadStateFields): DownloadState {
    const state = toDownloadState(fields);
    const { modelKey, status } = state;
    const previous = this.#states.get(modelKey)?.status;
    this.#states.set(modelKey, state);
    this.#keeper.store(state, previous);
    if (status !== previous) this.#scheduleCleanUp(modelKey, status);
    // If there are others, a listener has made this change, and the loop below is running. It also reaches what is added.
    if (this.#undelivered.push(state) > 1) return state;
    for (const next of this.#undelivered) {
      // A copy: a listener may add or end a subscription.
      for (const listener of [...(this.#listeners.get(next.modelKey) ?? [])]) notify(listener, next, this.#clock);
    }
    this.#undelivered = [];
    return state;
  }

  #scheduleCleanUp(modelKey: string, status: DownloadStatus): void {
    this.#clock.clearTimeout(this.#cleanUps.get(modelKey));
    this.#cleanUps.delete(modelKey);
    if (status !== 'completed') return;
    const cleanUp = (): void => {
      this.#cleanUps.delete(modelKey);
      this.#keeper.delete(modelKey);
    };
    this.#cleanUps.set(modelKey, this.#clock.setTimeout(cleanUp, CLEAN_UP_DELAY));
  }
}
