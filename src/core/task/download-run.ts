// In: the events of a loader, and the actions of the page. Out: updates for the state, and the result for each caller.
import { epochNow, type Clock, type Timer } from '../time/clock.js';
import { ProgressCallers, type DownloadCaller } from './progress-callers.js';
import { deferred } from '../deferred.js';
import { DownloadFailure } from '../failure/download-failure.js';
import type { DownloadTaskOptions } from './download-loader.js';
import { DownloadRecoveryManager } from '../failure/download-recovery-manager.js';
import { MultiFileProgressTracker } from '../progress/multi-file-progress-tracker.js';
import { toProgressInfo, type AggregateProgressInfo } from '../progress/progress-info.js';
import type { LoadSignal } from '../progress/signals.js';
import { QueueSlot } from './queue-slot.js';
import type { RecoveryState } from '../failure/recovery-state.js';
import { RunPause } from './run-pause.js';
import { systemClock } from '../time/system-clock.js';
import { toRejection } from './task-figures.js';
import { TaskStates } from './task-states.js';
import type { TransferControl } from './transfer-control.js';
import { ThrottledProgressUpdater } from '../time/throttled-progress-updater.js';

/** How often the progress is read without an event, in ms: the speed decays, and a stall begins, in silence. */
const TICK = 1_000;

/** The longest wait for a retry, in ms, during which a download keeps its slot of the queue. */
const LONG_WAIT = 60_000;

/** One load of a model with its callers and attempts, from its start to its end. */
export class DownloadRun<T> {
  readonly #options: DownloadTaskOptions<T>;
  readonly #clock: Clock;
  readonly #recovery: DownloadRecoveryManager;
  readonly #callers: ProgressCallers;
  readonly #slot: QueueSlot;
  readonly #states: TaskStates;
  readonly #pause: RunPause;
  readonly #updates: ThrottledProgressUpdater<void>;
  readonly #result = deferred<T>();
  #isPending = true;
  #failure: DownloadFailure | undefined;
  #attemptController: AbortController | undefined;
  #tracker: MultiFileProgressTracker | undefined;
  #tick: Timer;

  constructor(options: DownloadTaskOptions<T>) {
    const { clock = systemClock, transfer, queue, interval: least = 100 } = options;
    this.#options = options;
    this.#clock = clock;
    // All callers may have left; then nothing else handles this rejection.
    this.#result.promise.catch(() => undefined);
    this.#callers = new ProgressCallers(clock, () => this.cancel());
    this.#slot = new QueueSlot(queue);
    this.#recovery = new DownloadRecoveryManager({
      ...options,
      discard: transfer && (() => this.#discard(transfer)),
      onChange: (state) => this.#showRecovery(state),
    });
    this.#states = new TaskStates(options, () => this.#recovery.canRestart);
    this.#pause = new RunPause({ transfer, slot: this.#slot, states: this.#states });
    // Each update is drawn: several downloads share the rate of one.
    const interval = (): number => least * Math.max(1, queue?.running ?? 1);
    this.#updates = new ThrottledProgressUpdater(() => this.#update(), { interval, clock });
  }

  /** The files as of the last update; `undefined` before the first attempt. */
  get aggregate(): AggregateProgressInfo | undefined {
    return this.#states.aggregate;
  }

  /** The failure that ended the run; the callers may receive its cause instead. `undefined` without a failure. */
  get failure(): DownloadFailure | undefined {
    return this.#failure;
  }

  /** Whether it has not ended. */
  get isPending(): boolean {
    return this.#isPending;
  }

  /** Starts the run. A listener that it notifies may already call its methods. */
  start(): void {
    this.#states.start();
    if (!this.isPending) return;
    this.#scheduleTick();
    this.#recovery
      .run(() => this.#attemptWithSlot())
      .then(
        (result) => this.#complete(result),
        (error: unknown) => this.#fail(error as DownloadFailure),
      );
  }

  /** Settles as the run does, or rejects with the reason of the caller's signal if that aborts first. */
  join(caller: DownloadCaller): Promise<T> {
    return this.#callers.join(caller, this.#result.promise);
  }

  /** Ends the wait of a recovery, for a time or for the user. Without effect otherwise. */
  retry(): void {
    if (this.#recovery.retry()) this.#slot.acquireAtOnce();
  }

  /** Deletes the stored bytes and loads again, if a recovery waits for a time or for the user. Ends a pause. Without effect otherwise. */
  async restart(): Promise<void> {
    if (await this.#recovery.restart()) this.resume();
  }

  /** Closes the connections at once, and opens no other until `resume()`. Without effect where nothing can be paused. */
  pause(): void {
    if (this.isPending) this.#pause.pause();
  }

  /** Continues a load that is paused, or that `pause()` stops with its first request. */
  resume(): void {
    if (this.isPending) this.#pause.resume(this.#tracker?.getSnapshot());
  }

  /** Writes the latest figures, and cancels the run for every caller. The run has ended when this returns. */
  cancel(message = 'The download was cancelled.'): void {
    this.#updates.flush();
    this.#fail(new DownloadFailure('aborted', message));
    this.#recovery.cancel(message);
  }

  /** Resolves when it has succeeded or failed. */
  async settled(): Promise<void> {
    await this.#result.promise.catch(() => undefined);
  }

  #complete(result: T): void {
    if (!this.isPending) return;
    this.#tracker?.complete();
    this.#update();
    this.#close();
    this.#states.complete();
    this.#result.resolve(result);
  }

  /** Ends it at once. Later events of its attempts change nothing. */
  #fail(failure: DownloadFailure): void {
    if (!this.isPending) return;
    const reason = toRejection(failure);
    this.#failure = failure;
    this.#close();
    this.#attemptController?.abort(reason);
    this.#states.end(failure);
    this.#result.reject(reason);
  }

  #close(): void {
    this.#isPending = false;
    this.#tracker = undefined;
    this.#slot.release();
    this.#updates.cancel();
    this.#clock.clearTimeout(this.#tick);
  }

  async #discard(transfer: TransferControl): Promise<void> {
    await transfer.discard();
    this.#states.discard();
    // The user has requested the restart, so it does not wait in the queue again.
    if (this.isPending) this.#slot.acquireAtOnce();
  }

  async #attemptWithSlot(): Promise<T> {
    const turn = this.#acquireSlot();
    if (turn) await turn;
    return this.#attempt();
  }

  /** Requests a slot of the queue. Returns a promise that settles with the slot or the end of the run; `undefined` if no wait is needed. */
  #acquireSlot(): Promise<unknown> | undefined {
    if (!this.isPending || this.#states.isPaused) return undefined;
    const turn = this.#slot.acquire();
    if (turn) this.#states.queue();
    return turn && Promise.race([turn, this.#result.promise]);
  }

  async #attempt(): Promise<T> {
    // It was cancelled while it waited for its slot.
    if (this.#failure) throw this.#failure;
    const { plan, load, stallAfter, transfer } = this.#options;
    const tracker = new MultiFileProgressTracker(undefined, {
      clock: this.#clock,
      plan: plan?.(),
      stallAfter,
      hasTransfer: transfer !== undefined,
    });
    const controller = new AbortController();
    this.#tracker = tracker;
    this.#attemptController = controller;
    this.#states.run(tracker.getSnapshot());
    const progress_callback = (event: unknown): void => this.#handle(tracker, () => tracker.handleFileProgress(event));
    const report = (signal: LoadSignal): void => this.#handle(tracker, () => tracker.handleSignal(signal));
    const recover = (cause: unknown): Promise<void> => this.#recover(cause, tracker, controller.signal);
    const canRecover = (isAlone = false): boolean => (isAlone ? this.#recovery.policy.canRetryAlone : this.#recovery.canRecover);
    try {
      controller.signal.throwIfAborted();
      const loading = load({ progress_callback, report, signal: controller.signal, recover, canRecover });
      this.#pause.hold();
      return await loading;
    } catch (error) {
      if (this.#tracker === tracker) {
        tracker.error(error);
        this.#recovery.policy.recordBytes(tracker.getSnapshot().totalDownloaded);
      }
      controller.abort(error);
      throw error;
    }
  }

  /** Updates the tracker of an attempt. Files of an ended attempt may load on in the background; their events change nothing. */
  #handle(tracker: MultiFileProgressTracker, update: () => void): void {
    if (this.#tracker !== tracker) return;
    update();
    this.#pause.check();
    this.#updates.update();
  }

  async #recover(cause: unknown, tracker: MultiFileProgressTracker, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    // After the end of an attempt its transfers cannot recover.
    if (this.#tracker !== tracker) throw cause;
    this.#recovery.policy.recordBytes(tracker.getSnapshot().totalDownloaded);
    await this.#recovery.recover(cause);
    await this.#acquireSlot()?.then(() => this.#states.run(tracker.getSnapshot()));
    signal.throwIfAborted();
  }

  #update(): void {
    const aggregate = this.#tracker?.getSnapshot();
    if (!aggregate || aggregate.status === 'failed') return;
    this.#recovery.policy.recordBytes(aggregate.totalDownloaded);
    this.#states.progress(aggregate, this.#clock.now());
    this.#callers.notify(toProgressInfo(aggregate, this.#options.modelName));
  }

  #scheduleTick(): void {
    this.#tick = this.#clock.setTimeout(() => {
      this.#scheduleTick();
      if (this.#states.isDue(this.#clock.now())) this.#updates.update();
    }, TICK);
  }

  #showRecovery(recovery: RecoveryState): void {
    if (!this.isPending) return;
    // While the user decides, or during a long `Retry-After`, other downloads may use the slot.
    const isLong = recovery.status === 'waiting' && (recovery.retryAt ?? 0) - epochNow(this.#clock) > LONG_WAIT;
    if (isLong || recovery.status === 'failed') this.#slot.release();
    this.#states.recover(recovery, this.#tracker?.getSnapshot());
  }
}
