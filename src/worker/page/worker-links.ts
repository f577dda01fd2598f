import type { ModelDefinition } from '../../model/index.js';
import type { AnnouncedModel } from '../messages.js';
import type { WorkerLink, WorkerSource } from './worker-link.js';
import type { WorkerProviderOptions } from './worker-provider.js';

/** Options of `ModelDownloads.connectWorker`. */
export interface ConnectWorkerOptions {
  /** Models that the page adds to each worker, which imports Transformers.js. They must be cloneable. Default: none. */
  readonly models?: Readonly<Record<string, AnnouncedModel>> | undefined;
}

/** The options that all workers of a page share. */
interface SharedProviderOptions extends Omit<WorkerProviderOptions, 'defineModel'> {
  /** Adds a model of a worker to the page's models. */
  readonly defineModel: (modelKey: string, definition: ModelDefinition, link: WorkerLink) => void;
  /** @throws DOMException `InvalidStateError` after the manager was disposed. */
  readonly throwIfDisposed: () => void;
}

/** The workers of a page that load models. */
export class WorkerLinks {
  readonly #namespace: string | undefined;
  readonly #shared: SharedProviderOptions;
  readonly #links = new Set<WorkerLink>();

  /** @param namespace The namespace of the page; `undefined` for none. */
  constructor(namespace: string | undefined, shared: SharedProviderOptions) {
    this.#namespace = namespace;
    this.#shared = shared;
  }

  /**
   * Connects a worker. Resolves when its models are known, with a function that disconnects it.
   *
   * @throws DownloadFailure `runtime` if the worker fails to start; DOMException `InvalidStateError` after the manager was
   * disposed.
   */
  async connect(source: WorkerSource, { models = {} }: ConnectWorkerOptions): Promise<() => void> {
    const { throwIfDisposed, defineModel, ...shared } = this.#shared;
    throwIfDisposed();
    const { WorkerLink: Link } = await import('./worker-link.js');
    throwIfDisposed();
    const greeting = { models, namespace: this.#namespace };
    const link: WorkerLink = new Link(source, greeting, {
      ...shared,
      defineModel: (modelKey, definition) => defineModel(modelKey, definition, link),
    });
    this.#links.add(link);
    const close = (): void => {
      this.#links.delete(link);
      link.close();
    };
    try {
      await link.open();
    } catch (error) {
      close();
      throwIfDisposed();
      throw error;
    }
    return close;
  }

  /** Disconnects all workers. */
  dispose(): void {
    for (const link of this.#links) link.close();
    this.#links.clear();
  }
}
