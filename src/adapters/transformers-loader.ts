import type { FetchLike, PlanEntry } from '../core/index.js';
import { addRoute, originalFetch } from './fetch-hook.js';
import { fileOf, modelAddress, runtimeFileOf } from './model-address.js';
import type { ModelLoader, ModelLoaderContext } from './model-transfer.js';
import { optionsFor, type PipelineOptions } from './pipeline-options.js';
import { cacheNameOf, readCached } from './runtime-cache.js';
import { probeSize, runtimeAddress } from './runtime-file.js';
import { majorVersion, resolveTransformers, type TransformersModule, type TransformersSource } from './transformers-module.js';

/** A model that Transformers.js loads with `pipeline()`. */
export interface TransformersModelDefinition {
  /** The name to show. Default: the model's key. */
  readonly name?: string | undefined;
  /** The task of the pipeline, such as `text-generation`. */
  readonly task: string;
  /** The model's id on the hub, or its path. */
  readonly model: string;
  readonly options?: PipelineOptions | undefined;
  /**
   * Whether Transformers.js may look for the model on the page's own origin first. Default `false`
   * with the transfer layer: a server that answers every address with a page would have that page
   * cached as a model. Without the layer the module's own setting stands.
   */
  readonly allowLocalModels?: boolean | undefined;
  /** The files that the load needs, with their sizes, when the page knows them. */
  readonly files?: readonly PlanEntry[] | undefined;
}

/**
 * Makes the loader of one model: it runs `pipeline()` and resolves with what that resolves with.
 * With the transfer layer its files come through that, and it rejects as soon as one of them is
 * broken for good: versions 3 and 4 never settle when a file of external data is.
 */
export function createTransformersLoader(
  definition: TransformersModelDefinition,
  source: TransformersSource,
): ModelLoader<unknown> {
  const { task, model, options = {} } = definition;
  return async (context) => {
    const transformers = await resolveTransformers(source);
    const { progress_callback, openFetch } = context;
    const ownOptions = await optionsFor(majorVersion(transformers), options);
    const receive = listsAllFiles(options) ? progress_callback : withoutTotals(progress_callback);
    const pipeline = transformers.pipeline as (task: string, model: string, options: object) => Promise<unknown>;
    const load = (): Promise<unknown> => pipeline(task, model, { ...ownOptions, progress_callback: receive });
    if (!openFetch) return load();
    return loadThrough(openFetch, { load, transformers, definition, context });
  };
}

interface RoutedLoad {
  readonly load: () => Promise<unknown>;
  readonly transformers: TransformersModule;
  readonly definition: TransformersModelDefinition;
  readonly context: ModelLoaderContext;
}

async function loadThrough(
  openFetch: NonNullable<ModelLoaderContext['openFetch']>,
  { load, transformers, definition, context }: RoutedLoad,
): Promise<unknown> {
  const { model, options = {}, allowLocalModels = false } = definition;
  // In Node the local folder is where a model may well be.
  if ('location' in globalThis) Object.assign(transformers.env, { allowLocalModels });
  const address = modelAddress(transformers, model, options);
  let fail: (cause: unknown) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => (fail = reject));
  broken.catch(() => undefined);
  const request = originalFetch(transformers);
  const fetch = await openFetch({
    name: model,
    fetch: request,
    fileOf: (url) => fileOf(url, address) ?? runtimeFileOf(url) ?? url,
    cacheName: cacheNameOf(transformers),
    onFailure: (cause, url) => {
      // Without the runtime's file the session fails, and says so in its own words.
      if (runtimeFileOf(url) === undefined) fail(cause);
    },
  });
  const matches = (url: string): boolean => fileOf(url, address) !== undefined || runtimeFileOf(url) !== undefined;
  const leave = addRoute(transformers, { matches, fetch });
  try {
    await announceRuntime(transformers, request, context, model);
    const loading = load();
    loading.catch(() => undefined);
    const pipeline = await Promise.race([loading, broken]);
    started.add(transformers.env);
    return pipeline;
  } finally {
    leave();
  }
}

/** Modules whose ONNX Runtime is in place, so that no further load fetches it. */
const started = new WeakSet();

/** Tells of the runtime's file before the first byte of the model, so that it is part of the total. */
async function announceRuntime(
  transformers: TransformersModule,
  fetch: FetchLike,
  { progress_callback, signal }: ModelLoaderContext,
  name: string,
): Promise<void> {
  const url = runtimeAddress(transformers);
  const file = url === undefined ? undefined : runtimeFileOf(url);
  if (url === undefined || file === undefined || started.has(transformers.env)) return;
  // Version 4 keeps it beside the models, and then fetches nothing.
  if (await readCached(url, cacheNameOf(transformers))) return;
  const total = await probeSize(url, fetch, signal);
  if (total !== undefined) progress_callback({ status: 'transfer', phase: 'planned', name, file, loaded: 0, stored: 0, total });
}

/**
 * Version 4 lists a load's files without looking at these options, so that its total is that of
 * another load; then it is worth nothing.
 */
function listsAllFiles(options: PipelineOptions): boolean {
  const { revision = 'main', use_external_data_format, subfolder, model_file_name } = options;
  return revision === 'main' && !use_external_data_format && subfolder === undefined && model_file_name === undefined;
}

function withoutTotals(receive: (event: unknown) => void): (event: unknown) => void {
  return (event) => {
    if ((event as { status?: unknown } | undefined)?.status !== 'progress_total') receive(event);
  };
}
