import type { ConnectWorkerOptions, SharedProviderOptions } from './connect-worker.js';
import type { WorkerLink, WorkerSource } from './worker-link.js';

/** The workers of a page that load models. */
export class WorkerLinks {
  readonly #shared: SharedProviderOptions;
  readonly #links = new Set<WorkerLink>();

  constructor(shared: SharedProviderOptions) {
    this.#shared = shared;
  }

  /**
   * Imports the page's side of a worker, and connects a worker. Resolves when its models are known, with a function that
   * disconnects it.
   *
   * @throws TypeError or RangeError if an argument is not valid; DownloadFailure `runtime` if the worker fails to start;
   * DOMException `InvalidStateError` after the manager was disposed.
   */
  async connect(source: WorkerSource, options: ConnectWorkerOptions): Promise<() => void> {
    this.#shared.throwIfDisposed();
    const { connectWorker } = await import('./connect-worker.js');
    return connectWorker(source, options, this.#shared, this.#links);
  }

  /** Disconnects all workers. */
  dispose(): void {
    for (const link of this.#links) link.close();
    this.#links.clear();
  }
}
