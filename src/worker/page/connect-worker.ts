import type { ModelDefinition } from '../../model/index.js';
import type { AnnouncedModel } from '../messages.js';
import { WorkerLink, type WorkerSource } from './worker-link.js';
import type { WorkerProviderOptions } from './worker-provider.js';

/** Options of `ModelDownloads.connectWorker`. */
export interface ConnectWorkerOptions {
  /** Models that the page adds to each worker, which imports Transformers.js. They must be cloneable. Default: none. */
  readonly models?: Readonly<Record<string, AnnouncedModel>> | undefined;
}

/** The options that all workers of a page share. */
export interface SharedProviderOptions extends Omit<WorkerProviderOptions, 'defineModel'> {
  /** The page separates its models from other apps by it; `undefined` for none. */
  readonly namespace: string | undefined;
  /** Adds a model of a worker to the page's models. */
  readonly defineModel: (modelKey: string, definition: ModelDefinition, link: WorkerLink) => void;
  /** @throws DOMException `InvalidStateError` after the manager was disposed. */
  readonly throwIfDisposed: () => void;
}

/**
 * Connects a worker and adds it to `links`. Resolves when its models are known, with a function that disconnects it.
 *
 * @throws DownloadFailure `runtime` if the worker fails to start; DOMException `InvalidStateError` after the manager was
 * disposed.
 */
export async function connectWorker(
  source: WorkerSource,
  { models = {} }: ConnectWorkerOptions,
  { namespace, throwIfDisposed, defineModel, ...shared }: SharedProviderOptions,
  links: Set<WorkerLink>,
): Promise<() => void> {
  throwIfDisposed();
  const link: WorkerLink = new WorkerLink(
    source,
    { models, namespace },
    {
      ...shared,
      defineModel: (modelKey, definition) => defineModel(modelKey, definition, link),
    },
  );
  links.add(link);
  const close = (): void => {
    links.delete(link);
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
