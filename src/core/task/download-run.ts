// In: the events of a loader, and the actions of the page. Out: updates for the state, and the result for each caller.
import { epochNow, type Clock, type Timer } from '../time/clock.js';
import { DownloadCallers, type DownloadCaller } from './download-callers.js';
import { DownloadFailure } from '../failure/download-failure.js';
import type { DownloadTaskOptions } from './download-loader.js';
import { DownloadRecoveryManager } from '../failure/download-recovery-manager.js';
import { MultiFileProgressTracker } from '../progress/multi-file-progress-tracker.js';
import type { AggregateProgressInfo } from '../progress/progress-info.js';
import { QueueSeat } from './queue-seat.js';
import type { RecoveryState } from '../failure/recovery-state.js';
import { systemClock } from '../time/system-clock.js';
import { toRejection, toProgressInfo } from './task-figures.js';
import { TaskStates } from './task-states.js';
import type { TransferControl } from './transfer-control.js';
import { ThrottledProgressUpdater } from '../time/throttled-progress-updater.js';

/** How often silence is looked at, in ms: speed decays and stalls without any event. */
const TICK = 1_000;

/** The longest wait for a retry, in ms, during which a download keeps its slot of the queue. */
const LONG_WAIT = 60_000;

/** One load with its callers and attempts, from its start to its end. The next load of the model is another run. */
export class DownloadRun<T> {
  readonly #options: DownloadTaskOptions<T>;
  readonly #clock: Clock;
  readonly #recovery: DownloadRecoveryManager;
  readonly #callers: DownloadCallers;
  readonly #seat: QueueSeat;
  readonly #report: TaskStates;
  readonly #updates: ThrottledProgressUpdater<void>;
  readonly #result: Promise<T>;
  #settle: { readonly resolve: (value: T) => void; readonly reject: (reason: Error) => void } | undefined;
  #failure: DownloadFailure | undefined;
  #attemptController: AbortController | undefined;
  #tracker: MultiFileProgressTracker | undefined;
  #tick: Timer;

  constructor(options: DownloadTaskOptions<T>) {
    const { clock = systemClock, transfer, queue, interval: least = 100 } = options;
    this.#options = options;
    this.#clock = clock;
    this.#result = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    // Its callers may all have left.
    this.#result.catch(() => undefined);
    this.#callers = new DownloadCallers(clock, () => this.cancel());
    this.#seat = new QueueSeat(queue);
    this.#recovery = new DownloadRecoveryManager({
      ...options,
      discard: transfer && (() => this.#discard(transfer)),
      onChange: (state) => this.#showRecovery(state),
    });
    this.#report = new TaskStates(options, () => this.#recovery.canRestart);
    // Many downloads at once cannot be read as fast as one, and drawing them costs each time.
    const interval = (): number => least * Math.max(1, queue?.running ?? 1);
    this.#updates = new ThrottledProgressUpdater(() => this.#update(), { interval, clock });
  }

  /** The files as of the last update; `undefined` before the first attempt. */
  get aggregate(): AggregateProgressInfo | undefined {
    return this.#report.aggregate;
  }

  /** Why it failed, of which its callers hear the cause alone; `undefined` while it has not. */
  get failure(): DownloadFailure | undefined {
    return this.#failure;
  }

  /** Whether it is under way. */
  get isPending(): boolean {
    return this.#settle !== undefined;
  }

  /** Starts it. Listeners hear of that, and may use the run at once. */
  start(): void {
    this.#report.start();
    if (!this.isPending) return;
    this.#scheduleTick();
    this.#recovery
      .run(() => this.#attemptInTurn())
      .then(
        (result) => this.#complete(result),
        (error: unknown) => this.#fail(error as DownloadFailure),
      );
  }

  /** Settles as the run does, unless the caller's own signal aborts first: then with the signal's reason. */
  join(caller: DownloadCaller): Promise<T> {
    return this.#callers.join(caller, this.#result);
  }

  /** Goes on at once where recovery waits or asks. Without effect otherwise. */
  retry(): void {
    if (this.#recovery.retry()) this.#seat.enterAtOnce();
  }

  /** Loads anew where recovery waits or asks, after what is held of the download was dropped. */
  async restart(): Promise<void> {
    await this.#recovery.restart();
  }

  /** Closes the connections at once; the load waits. Without effect where no transfer could stop. */
  pause(): void {
    const { transfer } = this.#options;
    if (!this.isPending || this.#report.isPaused || !transfer?.canPause) return;
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

  /** Ends it for every caller, and is over when this returns. */
  cancel(message = 'The download was cancelled.'): void {
    this.#fail(new DownloadFailure('aborted', message));
    this.#recovery.cancel(message);
  }

  /** Resolves when it has ended, in whatever way. */
  async settled(): Promise<void> {
    await this.#result.catch(() => undefined);
  }

  #complete(result: T): void {
    if (!this.isPending) return;
    this.#tracker?.complete();
    this.#update();
    const resolve = this.#settle?.resolve;
    this.#close();
    this.#report.complete();
    resolve?.(result);
  }

  /** Ends it at once. What is still under way of it changes nothing any more. */
  #fail(failure: DownloadFailure): void {
    if (!this.isPending) return;
    const reason = toRejection(failure);
    const reject = this.#settle?.reject;
    this.#failure = failure;
    this.#close();
    this.#attemptController?.abort(reason);
    this.#report.end(failure);
    reject?.(reason);
  }

  #close(): void {
    this.#settle = undefined;
    this.#tracker = undefined;
    this.#seat.leave();
    this.#updates.cancel();
    this.#clock.clearTimeout(this.#tick);
  }

  async #discard(transfer: TransferControl): Promise<void> {
    await transfer.discard();
    this.#report.discard();
    // The user asked for it and has waited already.
    if (this.isPending) this.#seat.enterAtOnce();
  }

  async #attemptInTurn(): Promise<T> {
    const turn = this.#takeTurn();
    if (turn) await turn;
    return this.#attempt();
  }

  /** Takes a slot of the queue: `undefined` when it has one, or needs none while it is paused; else resolves with one. */
  #takeTurn(): Promise<unknown> | undefined {
    if (!this.isPending || this.#report.isPaused) return undefined;
    const turn = this.#seat.enter();
    if (turn) this.#report.queue();
    return turn && Promise.race([turn, this.#result]);
  }

  async #attempt(): Promise<T> {
    // It was cancelled while it waited for its turn.
    if (this.#failure) throw this.#failure;
    const { plan, load, stallAfter, transfer } = this.#options;
    const tracker = new MultiFileProgressTracker(undefined, {
      clock: this.#clock,
      plan: plan?.(),
      stallAfter,
      watched: transfer !== undefined,
    });
    const controller = new AbortController();
    this.#tracker = tracker;
    this.#attemptController = controller;
    this.#report.run(tracker.getSnapshot());
    const progress_callback = (event: unknown): void => {
      // Files of an attempt that is over go on in the background; their events are not this attempt's.
      if (this.#tracker !== tracker) return;
      tracker.handleFileProgress(event);
      this.#updates.update();
    };
    const recover = (cause: unknown): Promise<void> => this.#recover(cause, tracker, controller.signal);
    try {
      controller.signal.throwIfAborted();
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

  async #recover(cause: unknown, tracker: MultiFileProgressTracker, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    // After the load has succeeded nothing is left that could ask the user.
    if (this.#tracker !== tracker) throw cause;
    this.#recovery.policy.recordBytes(tracker.getSnapshot().totalDownloaded);
    await this.#recovery.recover(cause);
    await this.#takeTurn()?.then(() => this.#report.run(tracker.getSnapshot()));
    signal.throwIfAborted();
  }

  #update(): void {
    const aggregate = this.#tracker?.getSnapshot();
    if (!aggregate || aggregate.status === 'failed') return;
    this.#recovery.policy.recordBytes(aggregate.totalDownloaded);
    this.#report.progress(aggregate, this.#clock.now());
    this.#callers.tell(toProgressInfo(aggregate, this.#options.modelName));
  }

  #scheduleTick(): void {
    this.#tick = this.#clock.setTimeout(() => {
      this.#scheduleTick();
      if (this.#report.isDue(this.#clock.now())) this.#updates.update();
    }, TICK);
  }

  #showRecovery(recovery: RecoveryState): void {
    if (!this.isPending) return;
    // While the user decides, or a server asks for patience, other downloads may have the slot.
    if (recovery.status === 'failed' || (recovery.status === 'waiting' && this.#isLong(recovery.retryAt))) this.#seat.leave();
    this.#report.recover(recovery, this.#tracker?.getSnapshot());
  }

  #isLong(retryAt = 0): boolean {
    return retryAt - epochNow(this.#clock) > LONG_WAIT;
  }
}
