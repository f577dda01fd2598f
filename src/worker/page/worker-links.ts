import type { ModelDefinition } from '../../model/index.js';
import type { AnnouncedModel } from '../messages.js';
import type { WorkerLink, WorkerSource } from './worker-link.js';
import type { WorkerProviderOptions } from './worker-provider.js';

/** Settings of `ModelDownloads.connectWorker`. */
export interface ConnectWorkerOptions {
  /** Models that the page brings to each worker, which has the module of Transformers.js. They must be cloneable. */
  readonly models?: Readonly<Record<string, AnnouncedModel>> | undefined;
}

/** What the workers of a page share. */
interface SharedProviderOptions extends Omit<WorkerProviderOptions, 'models' | 'adopt'> {
  /** Makes a model of a worker one of the page. */
  readonly adopt: (modelKey: string, definition: ModelDefinition, link: WorkerLink) => void;
  /** @throws DOMException `InvalidStateError` once the manager was disposed. */
  readonly throwIfDisposed: () => void;
}

/** The workers of a page that load models. */
export class WorkerLinks {
  readonly #shared: SharedProviderOptions;
  readonly #links = new Set<WorkerLink>();

  constructor(place: SharedProviderOptions) {
    this.#shared = place;
  }

  /**
   * Resolves with what lets go of the worker, as soon as its models are known.
   *
   * @throws DownloadFailure `runtime` when the worker cannot be started; as `throwIfDisposed`.
   */
  async connect(source: WorkerSource, { models = {} }: ConnectWorkerOptions): Promise<() => void> {
    const { throwIfDisposed, adopt, ...place } = this.#shared;
    throwIfDisposed();
    const { WorkerLink: Link } = await import('./worker-link.js');
    throwIfDisposed();
    const link: WorkerLink = new Link(source, { ...place, models, adopt: (modelKey, definition) => adopt(modelKey, definition, link) });
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

  /** Lets go of all of them. */
  dispose(): void {
    for (const link of this.#links) link.close();
    this.#links.clear();
  }
}
