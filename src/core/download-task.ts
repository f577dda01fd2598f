import type { Clock, Timer } from './clock.js';
import type { DownloadFailure } from './download-failure.js';
import {
  DownloadRecoveryManager,
  type DownloadRecoveryManagerOptions,
  type RecoveryState,
} from './download-recovery-manager.js';
import { isActive, NO_ACTIONS, type DownloadState } from './download-state.js';
import { MultiFileProgressTracker } from './multi-file-progress-tracker.js';
import { notify } from './notify.js';
import type { AggregateProgressInfo, PlanEntry, ProgressInfo } from './progress-info.js';
import type { ProgressStateManager } from './progress-state-manager.js';
import { systemClock } from './system-clock.js';
import { ThrottledProgressUpdater } from './throttled-progress-updater.js';

/** What a loader is given. The names are those of Transformers.js and of the platform. */
export interface DownloadLoaderContext {
  /** To be passed on to Transformers.js, or called with events of the same shape. Never throws. */
  readonly progress_callback: (event: unknown) => void;
  /** Aborted when the download is cancelled. */
  readonly signal: AbortSignal;
}

/** Loads a model and resolves with it once it is usable. Called again for each attempt. */
export type DownloadLoader<T> = (context: DownloadLoaderContext) => Promise<T>;

/** What one caller of a load wants. */
export interface DownloadCaller {
  /** Leaves this caller only; the download ends when the last caller has left. */
  readonly signal?: AbortSignal | undefined;
  /** Hears of progress, throttled. What it throws surfaces as an uncaught error. */
  readonly onProgress?: ((info: ProgressInfo) => void) | undefined;
}

/** Settings of a {@link DownloadTask}. */
export interface DownloadTaskOptions<T> extends Omit<DownloadRecoveryManagerOptions, 'onChange'> {
  readonly modelKey: string;
  /** The name to show. */
  readonly modelName: string;
  readonly load: DownloadLoader<T>;
  /** The writer that the task tells everything. */
  readonly states: ProgressStateManager;
  /** The files this load needs; `undefined` when nobody knows. */
  readonly plan?: readonly PlanEntry[] | undefined;
  /** Silence, in ms, after which a download counts as stalled. Default 5,000. */
  readonly stallAfter?: number | undefined;
  /** The least time between two updates, in ms. Default 100. */
  readonly interval?: number | undefined;
}

/** How often silence is looked at, in ms: speed decays and stalls without any event. */
const TICK = 1_000;

/** One download with all its callers, attempts and results. */
export class DownloadTask<T> {
  readonly #options: DownloadTaskOptions<T>;
  readonly #clock: Clock;
  readonly #recovery: DownloadRecoveryManager;
  readonly #callers = new Set<DownloadCaller>();
  #run: Promise<T> | undefined;
  #tracker: MultiFileProgressTracker | undefined;
  #aggregate: AggregateProgressInfo | undefined;
  #updates: ThrottledProgressUpdater<void> | undefined;
  #tick: Timer;
  #waitingFor: RecoveryState | undefined;

  constructor(options: DownloadTaskOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#recovery = new DownloadRecoveryManager({ ...options, onChange: (state) => this.#showRecovery(state) });
  }

  /** The files as of the last update; `undefined` before the first attempt. */
  get aggregate(): AggregateProgressInfo | undefined {
    return this.#aggregate;
  }

  /** Whether a load is under way or has succeeded. */
  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  /**
   * Starts the load, or joins the one under way; one that has succeeded gives its result.
   *
   * @throws the cause of the failure once recovery is over; an `AbortError` after a cancel; the
   * signal's reason when the caller's own signal aborts.
   */
  async join(caller: DownloadCaller = {}): Promise<T> {
    const { signal } = caller;
    signal?.throwIfAborted();
    this.#callers.add(caller);
    const run = this.#run ?? this.#begin();
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#callers.delete(caller);
        if (this.#callers.size === 0) this.cancel();
        reject(signal?.reason);
      };
      const settle = (): void => {
        this.#callers.delete(caller);
        signal?.removeEventListener('abort', leave);
      };
      signal?.addEventListener('abort', leave, { once: true });
      run.then(
        (result) => {
          settle();
          resolve(result);
        },
        (error: unknown) => {
          settle();
          reject(error);
        },
      );
    });
  }

  /** Goes on at once where recovery waits or asks; starts anew after an end. Without effect otherwise. */
  retry(): void {
    if (this.#recovery.retry() || this.#run) return;
    // Nobody waits for this one yet; its state says how it ends.
    this.join().catch(() => undefined);
  }

  /** As `retry()`, after what is held of the download was dropped. */
  async restart(): Promise<void> {
    await this.#recovery.restart();
  }

  /** Ends the load for every caller. Without effect once it is over. */
  cancel(message?: string): void {
    this.#recovery.cancel(message);
  }

  #begin(): Promise<T> {
    let follow: (run: Promise<T>) => void = () => undefined;
    // Known before the start tells anybody: a listener that joins at once must not start another.
    this.#run = new Promise((resolve) => (follow = resolve));
    const run = this.#run;
    follow(this.#start());
    return run;
  }

  async #start(): Promise<T> {
    const { states, modelKey, modelName, interval } = this.#options;
    const controller = new AbortController();
    states.startDownload(modelKey, { modelName, can: { ...NO_ACTIONS, cancel: true } });
    this.#recovery.policy.refill();
    this.#updates = new ThrottledProgressUpdater(() => this.#update(), { interval, clock: this.#clock });
    this.#scheduleTick();
    try {
      const result = await this.#recovery.run(() => this.#attempt(controller.signal));
      this.#tracker?.complete();
      this.#update();
      states.completeDownload(modelKey);
      return result;
    } catch (error) {
      this.#run = undefined;
      this.#end(error as DownloadFailure, controller);
      throw reasonOf(error as DownloadFailure);
    } finally {
      this.#updates.cancel();
      this.#clock.clearTimeout(this.#tick);
      this.#tracker = undefined;
    }
  }

  async #attempt(signal: AbortSignal): Promise<T> {
    const { states, modelKey, plan, load, stallAfter } = this.#options;
    const tracker = new MultiFileProgressTracker(undefined, { clock: this.#clock, plan, stallAfter });
    this.#tracker = tracker;
    this.#aggregate = tracker.getSnapshot();
    const { attempt = 0, maxAttempts = 0 } = this.#waitingFor ?? {};
    const isAnswer = states.getState(modelKey)?.status === 'failed';
    if (isAnswer) states.startDownload(modelKey);
    const { manualAttempt, manualAttempts } = this.#recovery.policy;
    states.updateDownload(modelKey, {
      ...figuresOf(this.#aggregate),
      status: 'checking',
      attempt: isAnswer ? manualAttempt : attempt,
      maxAttempts: isAnswer ? manualAttempts : maxAttempts,
      retryAt: undefined,
      error: undefined,
      failureCode: undefined,
      can: { ...NO_ACTIONS, cancel: true },
    });
    const progress_callback = (event: unknown): void => {
      // Files of an attempt that is over go on in the background; their events are not this attempt's.
      if (this.#tracker !== tracker) return;
      tracker.handleFileProgress(event);
      this.#updates?.update();
    };
    try {
      return await load({ progress_callback, signal });
    } catch (error) {
      if (this.#tracker === tracker) {
        tracker.error(error);
        this.#recovery.policy.recordBytes(tracker.getSnapshot().totalDownloaded);
      }
      throw error;
    }
  }

  #update(): void {
    const { states, modelKey, modelName } = this.#options;
    const aggregate = this.#tracker?.getSnapshot();
    if (!aggregate || aggregate.status === 'failed') return;
    this.#aggregate = aggregate;
    this.#recovery.policy.recordBytes(aggregate.totalDownloaded);
    states.updateDownload(modelKey, { ...figuresOf(aggregate), status: statusOf(aggregate) });
    const info = toProgressInfo(aggregate, modelName);
    for (const { onProgress } of [...this.#callers]) notify(onProgress, info, this.#clock);
  }

  #scheduleTick(): void {
    this.#tick = this.#clock.setTimeout(() => {
      const status = this.#options.states.getState(this.#options.modelKey)?.status;
      if (status === 'downloading' || status === 'stalled') this.#updates?.update();
      this.#scheduleTick();
    }, TICK);
  }

  #showRecovery(recovery: RecoveryState): void {
    const { states, modelKey } = this.#options;
    const { failure, attempt, maxAttempts } = recovery;
    this.#waitingFor = recovery.status === 'waiting' ? recovery : undefined;
    const shared = { attempt, maxAttempts, speed: undefined, timeRemaining: undefined };
    const restart = this.#recovery.canRestart;
    if (recovery.status === 'failed') {
      const can = recovery.canRetry ? { ...NO_ACTIONS, retry: true, restart, cancel: true } : NO_ACTIONS;
      states.failDownload(modelKey, failure, { ...shared, can });
      return;
    }
    states.updateDownload(modelKey, {
      ...shared,
      status: 'waiting',
      retryAt: recovery.retryAt,
      error: failure.message,
      failureCode: failure.code,
      can: { ...NO_ACTIONS, retry: true, restart, cancel: true },
    });
  }

  #end(failure: DownloadFailure, controller: AbortController): void {
    const { states, modelKey } = this.#options;
    controller.abort(reasonOf(failure));
    this.#waitingFor = undefined;
    const state = states.getState(modelKey);
    if (failure.code === 'aborted') states.cancelDownload(modelKey, { can: { ...NO_ACTIONS, retry: true } });
    else if (state && isActive(state.status)) states.failDownload(modelKey, failure);
  }
}

/** The aggregate as one stream: what a caller's `onProgress` hears. */
function toProgressInfo(aggregate: AggregateProgressInfo, name: string): ProgressInfo {
  const { status, currentFile, overallProgress, totalDownloaded, totalSize, speed, timeRemaining } = aggregate;
  return Object.freeze({
    status,
    name,
    file: currentFile ?? '',
    progress: overallProgress,
    loaded: totalDownloaded,
    total: totalSize,
    speed,
    timeRemaining,
  });
}

function figuresOf(aggregate: AggregateProgressInfo): Partial<DownloadState> {
  const { overallProgress, speed, totalDownloaded, totalSize, timeRemaining } = aggregate;
  return { progress: overallProgress, speed, bytesDownloaded: totalDownloaded, totalBytes: totalSize, timeRemaining };
}

function statusOf({ status, stalled }: AggregateProgressInfo): DownloadState['status'] {
  if (status === 'waiting') return 'checking';
  if (status === 'download') return stalled ? 'stalled' : 'downloading';
  // `ready` is the runtime's word; the download is completed when its promise resolves.
  return 'preparing';
}

/** What callers are rejected with: the platform's `AbortError`, or what the loader threw. */
function reasonOf(failure: DownloadFailure): Error {
  if (failure.code === 'aborted') return new DOMException(failure.message, 'AbortError');
  return failure.cause instanceof Error ? failure.cause : failure;
}
