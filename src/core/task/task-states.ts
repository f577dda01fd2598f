// In: the sums of the tracker, and the steps of a run. Out: updates with status, figures and possible actions.
import type { DownloadFailure } from '../failure/download-failure.js';
import type { RecoveryState } from '../failure/recovery-state.js';
import { NO_ACTIONS, type DownloadActions } from '../state/download-state.js';
import type { AggregateProgressInfo } from '../progress/progress-info.js';
import type { DownloadStates } from '../state/download-states.js';
import { toStateFigures, toStatus } from './task-figures.js';
import type { TransferControl } from './transfer-control.js';

/** The options of a {@link TaskStates}. */
export interface TaskStatesOptions {
  /** The page's name for the model. */
  readonly modelKey: string;
  /** The name to show. */
  readonly modelName: string;
  /** The writer of the states. */
  readonly states: DownloadStates;
  /** The transfer of the bytes; `undefined` where they are known from the events of the runtime only. */
  readonly transfer?: TransferControl | undefined;
  /**
   * Whether the load ends with a running model. Default `true`. `false` for a load of the files only: after it the
   * download is `idle` again, and `cached`.
   */
  readonly startsModel?: boolean | undefined;
}

/** Whether damaged files may be the cause, so that a download from the first byte may help where a retry does not. */
const isAboutFiles = ({ code }: DownloadFailure): boolean => code === 'runtime' || code === 'corrupt' || code === 'changed';

/** How long a model may take to start, in ms, before its state is `isSlowToStart`. */
const SLOW_START = 30_000;

/** Writes the states of one download. */
export class TaskStates {
  readonly #options: TaskStatesOptions;
  readonly #canRestart: () => boolean;
  #aggregate: AggregateProgressInfo | undefined;
  #isPaused = false;
  /** Whether any byte is stored that a restart could delete. */
  #hasBytes = false;
  /** When the runtime began to start the model, by the clock; `undefined` while it does not. */
  #preparingSince: number | undefined;
  /** The recovery that waits for a time or for the user; `undefined` while the load runs. */
  #recovery: RecoveryState | undefined;

  /** @param canRestart Returns whether a restart has an effect now. */
  constructor(options: TaskStatesOptions, canRestart: () => boolean) {
    this.#options = options;
    this.#canRestart = canRestart;
  }

  /** The files as of the last update; `undefined` before the first attempt. */
  get aggregate(): AggregateProgressInfo | undefined {
    return this.#aggregate;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Whether the state changes with time alone: bytes arrive or are due, or a start becomes slow. */
  isDue(now: number): boolean {
    const state = this.#options.states.getState(this.#options.modelKey);
    if (state?.status === 'preparing') return !state.isSlowToStart && this.#isSlow(now);
    return state?.status === 'downloading' || state?.status === 'stalled';
  }

  start(): void {
    const { states, modelKey, modelName } = this.#options;
    // The page has written the start already, while it imported the engine.
    if (states.getState(modelKey)?.status === 'checking') return;
    states.startDownload(modelKey, { modelName, can: this.#actions() });
  }

  /** Writes that the download waits for a slot of the queue. */
  queue(): void {
    const { states, modelKey } = this.#options;
    states.updateDownload(modelKey, { status: 'queued', can: this.#actions() });
  }

  pause(): void {
    const { states, modelKey, transfer } = this.#options;
    this.#isPaused = true;
    states.pauseDownload(modelKey, { kept: transfer?.kept, can: this.#actions() });
  }

  resume(aggregate: AggregateProgressInfo | undefined): void {
    this.#isPaused = false;
    this.run(aggregate);
  }

  /** Writes that the loader runs, and removes the earlier failure. */
  run(aggregate: AggregateProgressInfo | undefined, count: { attempt?: number; maxAttempts?: number } = {}): void {
    const { states, modelKey } = this.#options;
    if (aggregate) this.#aggregate = aggregate;
    if (states.getState(modelKey)?.status === 'failed') states.startDownload(modelKey);
    states.updateDownload(modelKey, {
      ...(aggregate ? toStateFigures(aggregate) : {}),
      ...count,
      status: this.#isPaused ? 'paused' : 'checking',
      error: undefined,
      failureCode: undefined,
      can: this.#actions(),
    });
  }

  /** Writes the progress as of `now`, by the clock. */
  progress(aggregate: AggregateProgressInfo, now: number): void {
    const { states, modelKey, transfer } = this.#options;
    this.#aggregate = aggregate;
    this.#hasBytes ||= aggregate.totalDownloaded > 0;
    const status = this.#isPaused ? 'paused' : this.#recovery ? 'waiting' : toStatus(aggregate);
    this.#preparingSince = status === 'preparing' ? (this.#preparingSince ?? now) : undefined;
    const isSlowToStart = this.#isSlow(now) || undefined;
    const update = { ...toStateFigures(aggregate), status, isSlowToStart };
    states.updateDownload(modelKey, { ...update, kept: transfer?.kept, can: this.#actions() });
  }

  /** Writes that recovery waits for a time or for the user, gives up or continues. */
  recover(recovery: RecoveryState, aggregate: AggregateProgressInfo | undefined): void {
    const { states, modelKey, transfer } = this.#options;
    const { failure, attempt, maxAttempts } = recovery;
    this.#recovery = recovery.status === 'running' ? undefined : recovery;
    // A continued run may have deleted the bytes of its last attempt.
    if (this.#recovery) this.#hasBytes ||= (aggregate?.totalDownloaded ?? 0) > 0;
    this.#preparingSince = undefined;
    // A failure may end a load before its last bytes have reached the state.
    const shared = { ...(aggregate ? toStateFigures(aggregate) : {}), attempt, maxAttempts, kept: transfer?.kept };
    if (recovery.status === 'running') {
      this.run(aggregate, { attempt, maxAttempts });
    } else if (recovery.status === 'failed') {
      const restart = transfer !== undefined && this.#hasBytes && isAboutFiles(failure);
      states.failDownload(modelKey, failure, { ...shared, can: recovery.canRetry ? this.#actions() : { ...NO_ACTIONS, restart } });
    } else {
      states.updateDownload(modelKey, {
        ...shared,
        status: this.#isPaused ? 'paused' : 'waiting',
        retryAt: recovery.retryAt,
        error: failure.message,
        failureCode: failure.code,
        can: this.#actions(),
      });
    }
  }

  complete(): void {
    const { states, modelKey, transfer, startsModel = true } = this.#options;
    this.#settle();
    if (startsModel) states.completeDownload(modelKey, { kept: transfer?.kept });
    else states.markCached(modelKey);
  }

  /** Writes the end by `failure`. */
  end(failure: DownloadFailure): void {
    const { states, modelKey, transfer } = this.#options;
    this.#settle();
    const kept = transfer?.kept;
    if (failure.code === 'aborted') states.cancelDownload(modelKey, { kept, can: { ...NO_ACTIONS, retry: true } });
    // Without effect if recovery has written the failure.
    else states.failDownload(modelKey, failure, { kept });
  }

  /** Notes that the stored bytes were deleted. */
  discard(): void {
    const { states, modelKey } = this.#options;
    this.#hasBytes = false;
    states.deleteStored(modelKey);
  }

  #isSlow(now: number): boolean {
    return now - (this.#preparingSince ?? now) >= SLOW_START;
  }

  #settle(): void {
    this.#isPaused = false;
    this.#recovery = undefined;
  }

  #actions(): DownloadActions {
    const waits = this.#recovery !== undefined;
    const isPaused = this.#isPaused;
    return {
      // While recovery waits, no transfer runs that a pause would stop.
      pause: !waits && !isPaused && this.#options.transfer?.canPause === true,
      resume: isPaused,
      cancel: true,
      retry: waits && !isPaused,
      restart: waits && this.#hasBytes && this.#canRestart(),
    };
  }
}
