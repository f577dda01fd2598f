import type { DownloadQueue } from './download-queue.js';
import type { DownloadRecoveryManagerOptions } from '../failure/download-recovery-manager.js';
import type { PlanEntry } from '../progress/progress-info.js';
import type { LoadSignal } from '../progress/signals.js';
import type { TaskStatesOptions } from './task-states.js';

/** The arguments of a loader. Their names are those of Transformers.js and of the platform. */
export interface DownloadLoaderContext {
  /** Receives the events of a runtime: pass it to Transformers.js, or call it with events of the same shape. Never throws. */
  readonly progress_callback: (event: unknown) => void;
  /** Receives the signals of the loader itself: its files, their bytes, or a share. The figures are used without a check. */
  readonly report: (signal: LoadSignal) => void;
  /** Aborts when the download is cancelled, or this attempt has failed. It does not abort after a success. */
  readonly signal: AbortSignal;
  /**
   * Call it when `cause` has broken a transfer. Resolves when the transfer may continue: after the delay of the retry rules, or
   * with a new connection or a retry by the user. Rejects when no attempt is left.
   */
  readonly recover: (cause: unknown) => Promise<void>;
  /**
   * Whether the load would continue if a connection broke now. If not, a transfer waits longer for a slow server. A missing
   * function means `true`.
   *
   * @param isAlone Whether retries by the user are left out. Default `false`.
   */
  readonly canRecover?: ((isAlone?: boolean) => boolean) | undefined;
}

/** Loads a model and resolves with it once it is usable. Called again for each attempt. */
export type DownloadLoader<T> = (context: DownloadLoaderContext) => Promise<T>;

/** Options of a `DownloadTask`. */
export interface DownloadTaskOptions<T> extends TaskStatesOptions, Omit<DownloadRecoveryManagerOptions, 'onChange' | 'discard'> {
  /** Called for each attempt. */
  readonly load: DownloadLoader<T>;
  /** Returns the files that a load needs; called for each attempt. `undefined` when they are not known. */
  readonly plan?: (() => readonly PlanEntry[] | undefined) | undefined;
  /** Called before each load. An error that it throws rejects the load. */
  readonly beforeLoad?: (() => void) | undefined;
  /** The queue of the downloads that share a limit. Default: none. */
  readonly queue?: DownloadQueue | undefined;
  /** Silence, in ms, after which a download counts as stalled. Default 5,000. */
  readonly stallAfter?: number | undefined;
  /** The least time between two updates, in ms, of all downloads of the queue together. Default 100. */
  readonly interval?: number | undefined;
}
