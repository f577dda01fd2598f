import type { ModelDefinition, StoredPlans } from '../../model/index.js';
import type { Clock, StateStorage } from '../../core/index.js';
import type { DownloadQueue, DownloadStates } from '../../core/internal.js';
import type { WorkerConnection } from './worker-connection.js';

/** The page's collaborators of the downloads of a worker. */
export interface WorkerProviderOptions {
  readonly states: DownloadStates;
  readonly learned: StoredPlans;
  readonly clock: Clock;
  /** The page's persistent storage; `undefined` stores nothing. */
  readonly storage: StateStorage | undefined;
  /** Separates several apps on one origin; `undefined` for none. */
  readonly namespace: string | undefined;
  /** The queue of all downloads of the page. */
  readonly queue: DownloadQueue;
  /** How often the user may request a new worker within one load. */
  readonly manualAttempts: number;
  /** Whether the user can be asked to retry. */
  readonly interactive: () => boolean;
  /** Called before each load; if it throws, the load rejects with that error. */
  readonly beforeLoad: (modelKey: string) => void;
  /** Adds a model of the worker to the page's models. */
  readonly defineModel: (modelKey: string, definition: ModelDefinition) => void;
}

/** Provides the workers in which downloads run, one after another. */
export interface WorkerProvider {
  readonly options: WorkerProviderOptions;
  /** Whether the worker uses the transfer layer. */
  readonly keepsBytes: boolean;
  /** Whether a new worker can be started. */
  readonly canReplace: boolean;
  /** The connection to the current worker; `undefined` before the first one, and after its end. */
  readonly current: WorkerConnection | undefined;
  /**
   * Connects to the current worker, or to a new one if the last has ended or cannot start models any more. Resolves when it
   * has announced its models.
   *
   * @throws DownloadFailure `runtime` if the worker fails to start, or no further worker can be started.
   */
  open(): Promise<WorkerConnection>;
  /**
   * Records that the current worker has failed to start a model: versions 3 and 4 of Transformers.js cannot start another model
   * afterwards.
   */
  markFailed(): void;
  /** Whether a request was rejected because the worker was replaced, so that it must be sent again. */
  isReplacement(failure: unknown): boolean;
}
