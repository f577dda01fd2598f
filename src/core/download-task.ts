import type { Clock, Timer } from './clock.js';
import { DownloadCallers, type DownloadCaller } from './download-callers.js';
import type { DownloadFailure } from './download-failure.js';
import type { DownloadQueue } from './download-queue.js';
import {
  DownloadRecoveryManager,
  type DownloadRecoveryManagerOptions,
  type RecoveryState,
} from './download-recovery-manager.js';
import { MultiFileProgressTracker } from './multi-file-progress-tracker.js';
import type { AggregateProgressInfo, PlanEntry } from './progress-info.js';
import { QueueSeat } from './queue-seat.js';
import { systemClock } from './system-clock.js';
import { reasonOf, toProgressInfo } from './task-figures.js';
import { TaskStates, type TaskStatesOptions } from './task-states.js';
import { ThrottledProgressUpdater } from './throttled-progress-updater.js';

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
export interface DownloadTaskOptions<T> extends TaskStatesOptions, Omit<DownloadRecoveryManagerOptions, 'onChange' | 'discard'> {
  /** Called for each attempt. */
  readonly load: DownloadLoader<T>;
  /** The files this load needs, asked for at each attempt; `undefined` when nobody knows. */
  readonly plan?: (() => readonly PlanEntry[] | undefined) | undefined;
  /** The downloads that share a limit; default: none does. */
  readonly queue?: DownloadQueue | undefined;
  /** Silence, in ms, after which a download counts as stalled. Default 5,000. */
  readonly stallAfter?: number | undefined;
  /** The least time between two updates, in ms, of all downloads of the queue together. Default 100. */
  readonly interval?: number | undefined;
}

/** How often silence is looked at, in ms: speed decays and stalls without any event. */
const TICK = 1_000;

/** One download with all its callers, attempts and results. */
export class DownloadTask<T> {
  readonly #options: DownloadTaskOptions<T>;
  readonly #clock: Clock;
  readonly #recovery: DownloadRecoveryManager;
  readonly #callers: DownloadCallers;
  readonly #seat: QueueSeat;
  readonly #report: TaskStates;
  #run: Promise<T> | undefined;
  #failure: DownloadFailure | undefined;
  #attemptController: AbortController | undefined;
  #tracker: MultiFileProgressTracker | undefined;
  #updates: ThrottledProgressUpdater<void> | undefined;
  #tick: Timer;

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
    this.#report = new TaskStates(options, () => this.#recovery.canRestart);
  }

  /** The files as of the last update; `undefined` before the first attempt. */
  get aggregate(): AggregateProgressInfo | undefined {
    return this.#report.aggregate;
  }

  /** Why the last load failed, of which its callers hear the cause alone; `undefined` while none has. */
  get failure(): DownloadFailure | undefined {
    return this.#failure;
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
    const { transfer } = this.#options;
    if (!this.#run || this.#report.isPaused || !transfer?.canPause) return;
    transfer.pause();
    this.#seat.leave();
    this.#report.pause();
  }

  /** Goes on with a load that `pause()` stopped. */
  resume(): void {
    if (!this.#report.isPaused) return;
    this.#seat.enterAtOnce();
    this.#report.resume(this.#tracker?.getSnapshot());
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
    const { interval: least = 100, queue } = this.#options;
    // Nobody can read many downloads at once as fast as one, and drawing them costs each time.
    const interval = (): number => least * Math.max(1, queue?.running ?? 1);
    this.#failure = undefined;
    this.#report.start();
    this.#recovery.policy.refill();
    this.#updates = new ThrottledProgressUpdater(() => this.#update(), { interval, clock: this.#clock });
    this.#scheduleTick();
    try {
      const result = await this.#recovery.run(() => this.#attemptInTurn());
      this.#tracker?.complete();
      this.#update();
      this.#report.complete();
      return result;
    } catch (error) {
      this.#run = undefined;
      this.#failure = error as DownloadFailure;
      const reason = reasonOf(error as DownloadFailure);
      this.#attemptController?.abort(reason);
      this.#report.end(error as DownloadFailure);
      throw reason;
    } finally {
      this.#seat.leave();
      this.#updates.cancel();
      this.#clock.clearTimeout(this.#tick);
      this.#tracker = undefined;
    }
  }

  async #attemptInTurn(): Promise<T> {
    const turn = this.#seat.enter();
    if (turn) {
      this.#report.queue();
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
    this.#report.run(tracker.getSnapshot());
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
    const aggregate = this.#tracker?.getSnapshot();
    if (!aggregate || aggregate.status === 'failed') return;
    this.#recovery.policy.recordBytes(aggregate.totalDownloaded);
    this.#report.progress(aggregate);
    this.#callers.tell(toProgressInfo(aggregate, this.#options.modelName));
  }

  #scheduleTick(): void {
    this.#tick = this.#clock.setTimeout(() => {
      if (this.#report.isDue) this.#updates?.update();
      this.#scheduleTick();
    }, TICK);
  }

  #showRecovery(recovery: RecoveryState): void {
    // Whoever is asked may take long, for which others need not wait; nor has who has answered to wait again.
    if (recovery.status === 'running') this.#seat.enterAtOnce();
    if (recovery.status === 'failed') this.#seat.leave();
    this.#report.recover(recovery, this.#tracker?.getSnapshot());
  }
}
