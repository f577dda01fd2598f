import type { Clock, Timer } from './clock.js';
import { DownloadCallers, type DownloadCaller } from './download-callers.js';
import type { DownloadFailure } from './download-failure.js';
import type { DownloadQueue } from './download-queue.js';
import {
  DownloadRecoveryManager,
  type DownloadRecoveryManagerOptions,
  type RecoveryState,
} from './download-recovery-manager.js';
import { isActive, NO_ACTIONS, type DownloadActions } from './download-state.js';
import { MultiFileProgressTracker } from './multi-file-progress-tracker.js';
import type { AggregateProgressInfo, PlanEntry } from './progress-info.js';
import type { ProgressStateManager } from './progress-state-manager.js';
import { QueueSeat } from './queue-seat.js';
import { systemClock } from './system-clock.js';
import { figuresOf, reasonOf, statusOf, toProgressInfo } from './task-figures.js';
import { ThrottledProgressUpdater } from './throttled-progress-updater.js';
import type { TransferControl } from './transfer-control.js';

/** What a loader is given. The names are those of Transformers.js and of the platform. */
export interface DownloadLoaderContext {
  /** To be passed on to Transformers.js, or called with events of the same shape. Never throws. */
  readonly progress_callback: (event: unknown) => void;
  /** Aborted when the download is cancelled, or this attempt is over. */
  readonly signal: AbortSignal;
  /**
   * To be awaited by whatever can go on by itself after `cause` broke it: waits as the retry rules
   * say, user and connection included. Rejects when recovery is over.
   */
  readonly recover: (cause: unknown) => Promise<void>;
}

/** Loads a model and resolves with it once it is usable. Called again for each attempt. */
export type DownloadLoader<T> = (context: DownloadLoaderContext) => Promise<T>;

/** Settings of a {@link DownloadTask}. */
export interface DownloadTaskOptions<T> extends Omit<DownloadRecoveryManagerOptions, 'onChange' | 'discard'> {
  readonly modelKey: string;
  /** The name to show. */
  readonly modelName: string;
  readonly load: DownloadLoader<T>;
  /** The writer that the task tells everything. */
  readonly states: ProgressStateManager;
  /** The files this load needs, asked for at each attempt; `undefined` when nobody knows. */
  readonly plan?: (() => readonly PlanEntry[] | undefined) | undefined;
  /** The downloads that share a limit; default: none does. */
  readonly queue?: DownloadQueue | undefined;
  /** What carries the bytes; `undefined` where only the events of the runtime tell of them. */
  readonly transfer?: TransferControl | undefined;
  /**
   * Whether a model that runs is what comes of it. Default `true`; `false` where only its files are
   * fetched: the download is then `idle` again, and on this device.
   */
  readonly usable?: boolean | undefined;
  /** Silence, in ms, after which a download counts as stalled. Default 5,000. */
  readonly stallAfter?: number | undefined;
  /** The least time between two updates, in ms. Default 100. */
  readonly interval?: number | undefined;
}

/** How often silence is looked at, in ms: speed decays and stalls without any event. */
const TICK = 1_000;

/** What is not known of a transfer that stands still. */
const NO_RATES = { speed: undefined, timeRemaining: undefined };

/** One download with all its callers, attempts and results. */
export class DownloadTask<T> {
  readonly #options: DownloadTaskOptions<T>;
  readonly #clock: Clock;
  readonly #recovery: DownloadRecoveryManager;
  readonly #callers: DownloadCallers;
  readonly #seat: QueueSeat;
  #run: Promise<T> | undefined;
  #attemptController: AbortController | undefined;
  #tracker: MultiFileProgressTracker | undefined;
  #aggregate: AggregateProgressInfo | undefined;
  #updates: ThrottledProgressUpdater<void> | undefined;
  #tick: Timer;
  #isPaused = false;
  #recoveryState: RecoveryState | undefined;

  constructor(options: DownloadTaskOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#callers = new DownloadCallers(this.#clock, () => this.cancel());
    this.#seat = new QueueSeat(options.queue);
    const { transfer } = options;
    this.#recovery = new DownloadRecoveryManager({
      ...options,
      discard: transfer && (() => transfer.discard()),
      onChange: (state) => this.#showRecovery(state),
    });
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
    caller.signal?.throwIfAborted();
    return this.#callers.join(caller, this.#run ?? this.#begin());
  }

  /** Goes on at once where recovery waits or asks; starts anew after an end. Without effect otherwise. */
  retry(): void {
    if (this.#recovery.retry() || this.#run) return;
    // Nobody waits for this one yet; its state says how it ends.
    this.join().catch(() => undefined);
  }

  /** Loads anew where recovery waits or asks, after what is held of the download was dropped. */
  async restart(): Promise<void> {
    await this.#recovery.restart();
  }

  /** Closes the connections at once; the load waits. Without effect where no transfer could stop. */
  pause(): void {
    const { transfer, states, modelKey } = this.#options;
    if (!this.#run || this.#isPaused || !transfer?.canPause) return;
    this.#isPaused = true;
    transfer.pause();
    this.#seat.leave();
    states.pauseDownload(modelKey, { kept: transfer.kept, can: this.#actions() });
  }

  /** Goes on with a load that `pause()` stopped. */
  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#seat.enterAtOnce();
    this.#showRunning();
    this.#options.transfer?.resume();
  }

  /** Ends the load for every caller. Without effect once it is over. */
  cancel(message?: string): void {
    this.#recovery.cancel(message);
  }

  /** Resolves when no load is under way: at once, or when the present one has ended in whatever way. */
  async settled(): Promise<void> {
    await this.#run?.catch(() => undefined);
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
    const { states, modelKey, modelName, interval, transfer, usable = true } = this.#options;
    states.startDownload(modelKey, { modelName, can: this.#actions() });
    this.#recovery.policy.refill();
    this.#updates = new ThrottledProgressUpdater(() => this.#update(), { interval, clock: this.#clock });
    this.#scheduleTick();
    try {
      const result = await this.#recovery.run(() => this.#attemptInTurn());
      this.#tracker?.complete();
      this.#update();
      if (usable) states.completeDownload(modelKey, { kept: transfer?.kept });
      else states.shelveDownload(modelKey);
      return result;
    } catch (error) {
      this.#run = undefined;
      this.#end(error as DownloadFailure);
      throw reasonOf(error as DownloadFailure);
    } finally {
      this.#seat.leave();
      this.#updates.cancel();
      this.#clock.clearTimeout(this.#tick);
      this.#tracker = undefined;
      this.#recoveryState = undefined;
      this.#isPaused = false;
    }
  }

  async #attemptInTurn(): Promise<T> {
    const { states, modelKey } = this.#options;
    const turn = this.#seat.enter();
    if (turn) {
      states.updateDownload(modelKey, { status: 'queued', can: this.#actions() });
      await turn;
    }
    // One that was cancelled meanwhile has left.
    return this.#seat.isTaken ? this.#attempt() : new Promise<never>(() => undefined);
  }

  async #attempt(): Promise<T> {
    const { plan, load, stallAfter, transfer } = this.#options;
    const tracker = new MultiFileProgressTracker(undefined, {
      clock: this.#clock,
      plan: plan?.(),
      stallAfter,
      watched: transfer !== undefined,
    });
    this.#tracker = tracker;
    this.#showRunning();
    const controller = new AbortController();
    this.#attemptController = controller;
    const progress_callback = (event: unknown): void => {
      // Files of an attempt that is over go on in the background; their events are not this attempt's.
      if (this.#tracker !== tracker) return;
      tracker.handleFileProgress(event);
      this.#updates?.update();
    };
    const recover = (cause: unknown): Promise<void> => {
      this.#recovery.policy.recordBytes(tracker.getSnapshot().totalDownloaded);
      return this.#recovery.recover(cause);
    };
    try {
      return await load({ progress_callback, signal: controller.signal, recover });
    } catch (error) {
      if (this.#tracker === tracker) {
        tracker.error(error);
        this.#recovery.policy.recordBytes(tracker.getSnapshot().totalDownloaded);
      }
      controller.abort(error);
      throw error;
    }
  }

  #update(): void {
    const { states, modelKey, modelName, transfer } = this.#options;
    const aggregate = this.#tracker?.getSnapshot();
    if (!aggregate || aggregate.status === 'failed') return;
    this.#aggregate = aggregate;
    this.#recovery.policy.recordBytes(aggregate.totalDownloaded);
    const status = this.#isPaused ? 'paused' : this.#recoveryState ? 'waiting' : statusOf(aggregate);
    // What was still on its way when it stopped says nothing of a speed.
    const rates = status === 'paused' || status === 'waiting' ? NO_RATES : {};
    states.updateDownload(modelKey, { ...figuresOf(aggregate), ...rates, status, kept: transfer?.kept, can: this.#actions() });
    this.#callers.tell(toProgressInfo(aggregate, modelName));
  }

  #scheduleTick(): void {
    this.#tick = this.#clock.setTimeout(() => {
      const status = this.#options.states.getState(this.#options.modelKey)?.status;
      if (status === 'downloading' || status === 'stalled') this.#updates?.update();
      this.#scheduleTick();
    }, TICK);
  }

  #showRecovery(recovery: RecoveryState): void {
    const { states, modelKey, transfer } = this.#options;
    const { failure, attempt, maxAttempts } = recovery;
    this.#recoveryState = recovery.status === 'running' ? undefined : recovery;
    if (recovery.status === 'running') {
      // Whoever was asked for another attempt need not wait again.
      this.#seat.enterAtOnce();
      this.#showRunning({ attempt, maxAttempts });
      return;
    }
    const shared = { attempt, maxAttempts, ...NO_RATES, kept: transfer?.kept };
    if (recovery.status === 'failed') {
      const can = recovery.canRetry ? this.#actions() : NO_ACTIONS;
      // Whoever is asked may take long; others need not wait for that.
      this.#seat.leave();
      states.failDownload(modelKey, failure, { ...shared, can });
      return;
    }
    states.updateDownload(modelKey, {
      ...shared,
      status: this.#isPaused ? 'paused' : 'waiting',
      retryAt: recovery.retryAt,
      error: failure.message,
      failureCode: failure.code,
      can: this.#actions(),
    });
  }

  /** Says that the load goes on, with nothing left of what kept it. */
  #showRunning(count: { attempt?: number; maxAttempts?: number } = {}): void {
    const { states, modelKey } = this.#options;
    const aggregate = this.#tracker?.getSnapshot();
    if (aggregate) this.#aggregate = aggregate;
    if (states.getState(modelKey)?.status === 'failed') states.startDownload(modelKey);
    states.updateDownload(modelKey, {
      ...(aggregate ? figuresOf(aggregate) : {}),
      ...NO_RATES,
      ...count,
      status: this.#isPaused ? 'paused' : 'checking',
      retryAt: undefined,
      error: undefined,
      failureCode: undefined,
      can: this.#actions(),
    });
  }

  #actions(): DownloadActions {
    const waits = this.#recoveryState !== undefined;
    const restart = waits && this.#recovery.canRestart;
    const pause = !this.#isPaused && this.#options.transfer?.canPause === true;
    return { pause, resume: this.#isPaused, cancel: true, retry: waits && !this.#isPaused, restart };
  }

  #end(failure: DownloadFailure): void {
    const { states, modelKey, transfer } = this.#options;
    this.#attemptController?.abort(reasonOf(failure));
    const state = states.getState(modelKey);
    const kept = transfer?.kept;
    if (failure.code === 'aborted') states.cancelDownload(modelKey, { kept, can: { ...NO_ACTIONS, retry: true } });
    else if (state && isActive(state.status)) states.failDownload(modelKey, failure, { kept });
  }
}
