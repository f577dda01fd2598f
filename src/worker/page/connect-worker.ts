import { check, checkOption } from '../../core/internal.js';
import { checkFields, type ModelDefinition } from '../../model/index.js';
import { isPort, type AnnouncedModel } from '../messages.js';
import { WorkerLink, type WorkerSource } from './worker-link.js';
import type { WorkerProviderOptions } from './worker-provider.js';

/** Options of `ModelDownloads.connectWorker`. */
export interface ConnectWorkerOptions {
  /** Models that the page adds to each worker, and that the Transformers.js of the worker loads. They must be cloneable. Default: none. */
  readonly models?: Readonly<Record<string, AnnouncedModel>> | undefined;
}

/** The options that all workers of a page share. */
export interface SharedProviderOptions extends Omit<WorkerProviderOptions, 'defineModel'> {
  /** Adds a model of a worker to the page's models. */
  readonly defineModel: (modelKey: string, definition: ModelDefinition, link: WorkerLink) => void;
  /** @throws DOMException `InvalidStateError` after the manager was disposed. */
  readonly throwIfDisposed: () => void;
}

/**
 * Connects a worker and adds it to `links`. Resolves when its models are known, with a function that disconnects it.
 *
 * @throws TypeError or RangeError if an argument is not valid; DOMException `DataCloneError` if a model cannot be cloned;
 * DownloadFailure `runtime` if the worker fails to start; DOMException `InvalidStateError` after the manager was disposed.
 */
export async function connectWorker(
  source: WorkerSource,
  options: ConnectWorkerOptions,
  { throwIfDisposed, defineModel, ...shared }: SharedProviderOptions,
  links: Set<WorkerLink>,
): Promise<() => void> {
  throwIfDisposed();
  checkArguments(source, options);
  const { models = {} } = options;
  const link: WorkerLink = new WorkerLink(
    source,
    { models, namespace: shared.namespace },
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

/** Checks the arguments before a worker is started. */
function checkArguments(source: unknown, options: ConnectWorkerOptions): void {
  check(typeof source === 'function' || isPort(source), 'source', source, 'a Worker or a function that creates one');
  checkOption('options', options, 'object');
  checkOption('models', options.models, 'object');
  for (const [modelKey, model] of Object.entries(options.models ?? {})) {
    checkFields(`models.${modelKey}`, model);
  }
  // The message to the worker would throw as well, but after the worker has started.
  structuredClone(options.models);
}
