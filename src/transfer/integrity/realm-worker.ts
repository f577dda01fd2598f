import { systemClock } from '../../core/index.js';
import { createPlainWorker, createTrustedWorker } from './create-worker.js';
import { WorkerHasher } from './worker-hasher.js';
import { WorkerPatience } from './worker-patience.js';

/** Whether a worker could not be started: the cause, a policy or a missing file, is permanent, and the same for all. */
let isRefused = false;

/** One worker of this realm. It starts when it is needed, and again after it has ended. */
export class RealmWorker {
  /** How long all uses wait for the worker. It is also shared by the workers that follow the first one. */
  readonly #patience = new WorkerPatience(systemClock);
  #starting: Promise<WorkerHasher> | undefined;
  #running: WorkerHasher | undefined;

  /** The worker, if it runs now. */
  get running(): WorkerHasher | undefined {
    return this.#running;
  }

  /** Resolves with the worker; `undefined` if none can be started, or the last one did not reply. */
  async start(): Promise<WorkerHasher | undefined> {
    if (typeof Worker === 'undefined' || isRefused || this.#patience.isOver) return undefined;
    this.#starting ??= this.#start();
    try {
      return await this.#starting;
    } catch {
      isRefused = true;
      return undefined;
    }
  }

  async #start(): Promise<WorkerHasher> {
    const onEnd = (): void => void (this.#starting = this.#running = undefined);
    const start = (worker: Worker): Promise<WorkerHasher> => WorkerHasher.start(worker, this.#patience, onEnd);
    // The first function may request a file that was not bundled.
    this.#running = await start(createTrustedWorker()).catch(() => start(createPlainWorker()));
    return this.#running;
  }
}
