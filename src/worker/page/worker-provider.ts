import type { ModelDefinition, StoredPlans } from '../../model/index.js';
import type { AnnouncedModel } from '../messages.js';
import type { Clock, ProgressStateManager } from '../../core/index.js';
import type { DownloadQueue } from '../../core/internal.js';
import type { WorkerConnection } from './worker-connection.js';

/** What the downloads of a worker need of the page. */
export interface WorkerProviderOptions {
  readonly states: ProgressStateManager;
  readonly learned: StoredPlans;
  readonly clock: Clock;
  /** Whose turn it is, among all downloads of the page. */
  readonly queue: DownloadQueue;
  readonly namespace: string | undefined;
  /** How often the user may ask for a fresh worker within one load. */
  readonly manualAttempts: number;
  /** Models that the page brings to each worker. */
  readonly models: Readonly<Record<string, AnnouncedModel>>;
  /** Whether a user can be asked. */
  readonly isInteractive: () => boolean;
  /** Called before each load; what it throws, the load is rejected with. */
  readonly beforeLoad: (modelKey: string) => void;
  /** Makes a model of the worker one of the page. */
  readonly adopt: (modelKey: string, definition: ModelDefinition) => void;
}

/** Where downloads of a worker run: one worker after another. */
export interface WorkerProvider {
  readonly options: WorkerProviderOptions;
  /** Whether the transfer layer carries the bytes in the worker. */
  readonly keepsBytes: boolean;
  /** Whether a fresh worker can be had. */
  readonly canReplace: boolean;
  /** The worker that is listened to; `undefined` before the first, and after its end. */
  readonly current: WorkerConnection | undefined;
  /**
   * The worker, a fresh one where the last has ended or cannot start models any more. Resolves when
   * it has said what it can load.
   *
   * @throws DownloadFailure `runtime` when it cannot be started, or there is none to be had.
   */
  open(): Promise<WorkerConnection>;
  /** Notes that the present worker has failed to start a model: versions 3 and 4 then start no other. */
  markFailed(): void;
  /** Whether a request ended because a fresh worker was wanted: it is to be made again. */
  isReplacement(failure: unknown): boolean;
}
