import { announcePlan } from './announce-plan.js';
import { addRoute } from './fetch-hook.js';
import { runtimeFileOf } from './model-address.js';
import type { ModelPlan, RecallPlan } from './model-plan.js';
import { placeOf, routeOf } from './model-route.js';
import type { ModelLoader, ModelLoaderContext } from './model-transfer.js';
import { optionsFor, type PipelineOptions } from './pipeline-options.js';
import { noteRuntimeStarted } from './runtime-file.js';
import type { TransformersModelDefinition } from './transformers-model-definition.js';
import { majorVersion, resolveTransformers, type TransformersModule, type TransformersSource } from './transformers-module.js';

/**
 * Makes the loader of one model: it runs `pipeline()` and resolves with what that resolves with.
 * Before the first byte it says which files the load needs, where anything tells. With the transfer
 * layer the files come through that, and it rejects as soon as one of them is broken for good:
 * versions 3 and 4 never settle when a file of external data is.
 */
export function createTransformersLoader(
  definition: TransformersModelDefinition,
  source: TransformersSource,
  recall?: RecallPlan,
): ModelLoader<unknown> {
  const { task, model, options = {} } = definition;
  return async (context) => {
    const transformers = await resolveTransformers(source);
    const { progress_callback, signal, openFetch } = context;
    const ownOptions = await optionsFor(majorVersion(transformers), options);
    const tell = listsAllFiles(options) ? progress_callback : withoutTotals(progress_callback);
    const receive = (event: unknown): void => {
      // `pipeline()` takes no signal; it asks for no further file once its callback has thrown.
      signal.throwIfAborted();
      tell(event);
    };
    const pipeline = transformers.pipeline as (task: string, model: string, options: object) => Promise<unknown>;
    const load = (): Promise<unknown> => pipeline(task, model, { ...ownOptions, progress_callback: receive });
    const plan = await announcePlan(transformers, definition, context, recall);
    if (!openFetch) return load();
    return loadThrough(openFetch, { load, transformers, definition, context, plan });
  };
}

interface RoutedLoad {
  readonly load: () => Promise<unknown>;
  readonly transformers: TransformersModule;
  readonly definition: TransformersModelDefinition;
  readonly context: ModelLoaderContext;
  readonly plan: ModelPlan;
}

async function loadThrough(
  openFetch: NonNullable<ModelLoaderContext['openFetch']>,
  { load, transformers, definition, context, plan }: RoutedLoad,
): Promise<unknown> {
  const { allowLocalModels = false } = definition;
  // In Node the local folder is where a model may well be.
  if ('location' in globalThis) Object.assign(transformers.env, { allowLocalModels });
  let fail: (cause: unknown) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => (fail = reject));
  broken.catch(() => undefined);
  const download = await openFetch({
    ...placeOf(transformers, definition, plan),
    onFailure: (cause, url) => {
      // Without the runtime's file the session fails, and says so in its own words.
      if (runtimeFileOf(url) === undefined) fail(cause);
    },
  });
  // One that was cancelled meanwhile must not stand in the way of the next.
  context.signal.throwIfAborted();
  const leave = addRoute(transformers, routeOf(transformers, plan, download));
  try {
    const loading = load();
    loading.catch(() => undefined);
    const pipeline = await Promise.race([loading, broken]);
    noteRuntimeStarted(transformers);
    return pipeline;
  } finally {
    leave();
  }
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
