import type { AggregateProgressInfo, DownloadCaller, PlanEntry } from '../core/index.js';
import type { ModelDefinition } from './model-definition.js';

/** The download of one model, whether it runs here or in a worker. */
export interface DownloadHandle {
  readonly definition: ModelDefinition;
  /** The files as of the last update; `undefined` before the first attempt. */
  readonly aggregate: AggregateProgressInfo | undefined;
  /** Whether a load or a prefetch is under way, or a load has succeeded. */
  readonly isRunning: boolean;
  /** Whether another tab downloads a file of the model, and this one shows its progress. */
  readonly isFollowing: boolean;
  /** Whether the transfer layer carries the bytes, so that they outlive the page. */
  readonly keepsBytes: boolean;
  /** Takes what an estimate has found a load to ask for, so that the next one shows the same size from its start. */
  expect(files: readonly PlanEntry[] | undefined): void;
  load(caller: DownloadCaller): Promise<unknown>;
  prefetch(caller: DownloadCaller): Promise<void>;
  pause(): void;
  resume(): void;
  cancel(message?: string): void;
  retry(): void;
  restart(): Promise<void>;
  /** Ends what is under way and drops what is held of unfinished files. */
  release(): Promise<void>;
  /** Closes every connection while the page is frozen or kept aside. */
  suspend(): void;
  /** Goes on after `suspend()`, unless the user has paused. */
  wake(): void;
}
