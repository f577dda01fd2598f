import { DownloadFailure, systemClock } from '../../core/index.js';
import { createPlainWorker, createTrustedWorker } from './create-worker.js';
import { WorkerHasher } from './worker-hasher.js';
import { WorkerPatience } from './worker-patience.js';

/** Whether this realm cannot start the worker: the cause, such as a policy or a missing file, is permanent. */
let isRefused = false;

/** One worker of this realm. It starts when it is needed, and again after it has ended. */
export class RealmWorker {
  /** How long all uses wait for the worker. It is also shared by the workers that follow the first one. */
  readonly #patience = new WorkerPatience(systemClock);
  #starting: Promise<WorkerHasher | undefined> | undefined;
  #running: WorkerHasher | undefined;

  /** The worker, if it runs now. */
  get running(): WorkerHasher | undefined {
    return this.#running;
  }

  /** Resolves with the worker; `undefined` if none can be started, or the last one did not reply. */
  async start(): Promise<WorkerHasher | undefined> {
    if (typeof Worker === 'undefined' || isRefused || this.#patience.isOver) return undefined;
    this.#starting ??= this.#start().catch((cause: unknown) => {
      this.#starting = undefined;
      isRefused ||= !isTimeout(cause);
      return undefined;
    });
    return this.#starting;
  }

  async #start(): Promise<WorkerHasher> {
    const onEnd = (): void => void (this.#starting = this.#running = undefined);
    const start = (worker: Worker): Promise<WorkerHasher> => WorkerHasher.start(worker, this.#patience, onEnd);
    this.#running = await start(createTrustedWorker()).catch((cause: unknown) => {
      if (isTimeout(cause)) throw cause;
      // The first function may request a file that was not bundled.
      return start(createPlainWorker());
    });
    return this.#running;
  }
}

/** Whether a worker has taken too long. On a busy machine the next one may start in time. */
function isTimeout(cause: unknown): boolean {
  return cause instanceof DownloadFailure && cause.code === 'timeout';
}
