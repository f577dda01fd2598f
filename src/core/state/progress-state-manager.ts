// In: updates. Out: frozen states, to the subscribers of the model and to the storage.
import { classifyFailure } from '../failure/classify-failure.js';
import { epochNow, type Clock, type Timer } from '../time/clock.js';
import { canFollow, isActive, NO_ACTIONS, type DownloadState, type DownloadStateFields, type DownloadStatus } from './download-state.js';
import { notify } from '../time/notify.js';
import type { StateStorage } from './persisted-state.js';
import { StateKeeper } from './state-keeper.js';
import { storagePrefix } from './storage-prefix.js';
import { systemClock } from '../time/system-clock.js';
import { toDownloadState } from './to-download-state.js';

/** Settings of a {@link ProgressStateManager}. */
export interface ProgressStateManagerOptions {
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
  /** Where states outlive the page; `undefined` keeps them for the page's life only. */
  readonly storage?: StateStorage | undefined;
  /** Put before every storage key, with a colon. Default: nothing. */
  readonly namespace?: string | undefined;
  /** Whether this page's state of a download is the one to keep, or to delete: of several tabs one speaks. Default: always. */
  readonly mayPersist?: ((modelKey: string) => boolean) | undefined;
}

/** The fields that an update may set. `modelKey` is fixed, and `lastUpdate` comes from the clock. */
export type DownloadUpdate = Partial<Omit<DownloadStateFields, 'modelKey' | 'lastUpdate'>>;

/** How long the persisted state of a completed download stays, in ms. */
const CLEAN_UP_DELAY = 5_000;

type Listener = (state: DownloadState) => void;

/** The one writer of download states. */
export class ProgressStateManager {
  readonly #clock: Clock;
  readonly #keeper: StateKeeper;
  readonly #states = new Map<string, DownloadState>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #cleanUps = new Map<string, Timer>();

  constructor({ clock = systemClock, storage, namespace, mayPersist = () => true }: ProgressStateManagerOptions = {}) {
    this.#clock = clock;
    const prefix = storagePrefix(namespace, 'download_state');
    this.#keeper = new StateKeeper({ clock, storage, prefix, mayPersist });
  }

  /** Makes a download known without starting it. One that is known keeps its state. */
  defineDownload(modelKey: string, update: DownloadUpdate = {}): DownloadState {
    return this.#states.get(modelKey) ?? this.#write(this.#initial(modelKey, update));
  }

  /** Adds what was learned of a download that has not started, such as whether it fits. */
  describeDownload(
    modelKey: string,
    update: Pick<DownloadUpdate, 'totalBytes' | 'cached' | 'cachedBytes' | 'excludesRuntime' | 'fits'>,
  ): void {
    const known = this.#states.get(modelKey);
    if (known?.status === 'idle') this.#change(known, update);
  }

  /** Begins a download, or begins it anew after an end: nothing of an earlier run is left in its figures. */
  startDownload(modelKey: string, update: DownloadUpdate = {}): DownloadState {
    const known = this.#states.get(modelKey);
    if (known && (!canFollow(known.status, 'queued') || known.status === 'queued')) return known;
    const { modelName, totalBytes, cached, fits } = known ?? this.#initial(modelKey, update);
    const fresh = this.#initial(modelKey, { modelName, totalBytes, cached, fits, ...update });
    return this.#write({ ...fresh, status: 'queued', startTime: epochNow(this.#clock) });
  }

  /** Changes a download on its way. A status that cannot followSignal the present one changes nothing. */
  updateDownload(modelKey: string, update: DownloadUpdate): DownloadState | undefined {
    const known = this.#states.get(modelKey);
    if (!known || !isActive(known.status)) return known;
    return this.#change(known, update);
  }

  /** Stops a download to go on later. */
  pauseDownload(modelKey: string, update: DownloadUpdate = {}): DownloadState | undefined {
    return this.updateDownload(modelKey, { can: NO_ACTIONS, ...update, status: 'paused' });
  }

  /** Goes on with a paused download. */
  resumeDownload(modelKey: string, update: DownloadUpdate = {}): DownloadState | undefined {
    const known = this.#states.get(modelKey);
    return known?.status === 'paused' ? this.#change(known, { ...update, status: 'downloading' }) : known;
  }

  /** Says that the model is usable. Its persisted state goes 5 s later. */
  completeDownload(modelKey: string, update: DownloadUpdate = {}): DownloadState | undefined {
    const known = this.#states.get(modelKey);
    if (!known || !isActive(known.status)) return known;
    return this.#change(known, { can: NO_ACTIONS, ...update, status: 'completed' });
  }

  /** Says that every file is on this device and nothing runs: the download is `idle`, and `cached`. */
  markCached(modelKey: string): DownloadState | undefined {
    const known = this.#states.get(modelKey);
    if (!known || !isActive(known.status)) return known;
    this.#keeper.forget(modelKey);
    // The next load reads other files: the runtime's may have been among these.
    return this.#write(this.#initial(modelKey, { modelName: known.modelName, cached: true }));
  }

  /** Says that the download failed by `cause`, which is told as its code and its message. */
  failDownload(modelKey: string, cause: unknown, update: DownloadUpdate = {}): DownloadState | undefined {
    const known = this.#states.get(modelKey);
    if (!known || !isActive(known.status)) return known;
    const { code, message } = classifyFailure(cause);
    return this.#change(known, { can: NO_ACTIONS, error: message, failureCode: code, ...update, status: 'failed' });
  }

  /** Ends a download because somebody does not want it any more. Not a failure. */
  cancelDownload(modelKey: string, update: DownloadUpdate = {}): DownloadState | undefined {
    const known = this.#states.get(modelKey);
    if (!known || !(isActive(known.status) || known.status === 'failed')) return known;
    return this.#change(known, { can: NO_ACTIONS, ...update, status: 'cancelled' });
  }

  /** Makes a download that is over, or has not begun, as if it had never been asked for. */
  resetDownload(modelKey: string, update: DownloadUpdate = {}): DownloadState | undefined {
    const known = this.#states.get(modelKey);
    if (!known || (isActive(known.status) && known.status !== 'paused')) return known;
    this.#keeper.forget(modelKey);
    return this.#write(this.#initial(modelKey, { modelName: known.modelName, ...update }));
  }

  /** Makes a download unknown, as before it was defined. What is persisted of it stays. */
  forgetDownload(modelKey: string): void {
    this.#states.delete(modelKey);
  }

  /** The state of a download, or `undefined` for one that is not known. */
  getState(modelKey: string): DownloadState | undefined {
    return this.#states.get(modelKey);
  }

  /** Every known state. */
  getStates(): readonly DownloadState[] {
    return [...this.#states.values()];
  }

  /**
   * Calls `listener` with each new state of a download, known or not yet. Returns what ends that.
   * What it throws surfaces as an uncaught error.
   */
  subscribe(modelKey: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(modelKey) ?? new Set();
    this.#listeners.set(modelKey, listeners);
    // One function may be subscribed twice, and each subscription ends by itself.
    const own: Listener = (state) => listener(state);
    listeners.add(own);
    return () => listeners.delete(own);
  }

  /**
   * Takes up what an earlier visit left of an unfinished download: it is `paused`, with the bytes
   * of then. Returns `undefined` when there is nothing, or nothing that can be withoutWeak.
   */
  restoreState(modelKey: string, update: DownloadUpdate = {}): DownloadState | undefined {
    const known = this.#states.get(modelKey);
    if (known && known.status !== 'idle') return known;
    const kept = this.#keeper.read(modelKey);
    if (!kept) return undefined;
    const { modelName, startTime, bytesDownloaded, totalBytes } = kept;
    const initial = this.#initial(modelKey, { modelName, ...update });
    const restored = { startTime, bytesDownloaded, totalBytes: totalBytes ?? initial.totalBytes };
    return this.#write({ ...initial, ...restored, status: 'paused', can: { ...NO_ACTIONS, resume: true, cancel: true } });
  }

  /** Ends every subscription and timer. The persisted state of a completed download goes at once. */
  dispose(): void {
    this.#listeners.clear();
    for (const [modelKey, timer] of this.#cleanUps) {
      this.#clock.clearTimeout(timer);
      this.#keeper.forget(modelKey);
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
    this.#keeper.keep(state, previous);
    // A copy: a listener may subscribe or end a subscription meanwhile.
    for (const listener of [...(this.#listeners.get(modelKey) ?? [])]) notify(listener, state, this.#clock);
    if (status !== previous) this.#scheduleCleanUp(modelKey, status);
    return state;
  }

  #scheduleCleanUp(modelKey: string, status: DownloadStatus): void {
    this.#clock.clearTimeout(this.#cleanUps.get(modelKey));
    this.#cleanUps.delete(modelKey);
    if (status !== 'completed') return;
    const cleanUp = (): void => {
      this.#cleanUps.delete(modelKey);
      this.#keeper.forget(modelKey);
    };
    this.#cleanUps.set(modelKey, this.#clock.setTimeout(cleanUp, CLEAN_UP_DELAY));
  }
}
