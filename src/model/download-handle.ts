import type { AggregateProgressInfo, DownloadCaller, PlanEntry } from '../core/index.js';
import type { ModelDefinition } from './model-definition.js';

/** The download of one model, in this realm or in a worker. */
export interface DownloadHandle {
  readonly definition: ModelDefinition;
  /** The files as of the last update; `undefined` before the first attempt. */
  readonly aggregate: AggregateProgressInfo | undefined;
  /** Whether a load or a prefetch is running, or a load has succeeded. */
  readonly isRunning: boolean;
  /** Whether another tab downloads a file of the model, and this one shows its progress. */
  readonly isFollowing: boolean;
  /** Whether the transfer layer downloads the files, so that their bytes are stored. */
  readonly keepsBytes: boolean;
  /** Sets the files that an estimate has found, so that the next load shows the same size from its start. */
  expect(files: readonly PlanEntry[] | undefined): void;
  /** Loads the model, or joins the running load. */
  load(caller: DownloadCaller): Promise<unknown>;
  /** Downloads the files without starting the model. */
  prefetch(caller: DownloadCaller): Promise<void>;
  /** Pauses the download, without effect if nothing can be paused. */
  pause(): void;
  /** Resumes a paused download. */
  resume(): void;
  /** Cancels the download for all callers. */
  cancel(message?: string): void;
  /** Retries immediately after a failure or a cancel, or during a wait. */
  retry(): void;
  /** As `retry()`, after the stored files of the model have been deleted. */
  restart(): Promise<void>;
  /** Cancels the download and deletes its incomplete files. */
  release(): Promise<void>;
  /** Closes every connection while the page is frozen or in the back/forward cache. */
  suspend(): void;
  /** Continues after `suspend()`, unless the user has paused. */
  wake(): void;
}
