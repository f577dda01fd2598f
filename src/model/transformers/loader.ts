import { announceFound, announcePlan } from './plan/announce-plan.js';
import { addRoute, originalFetch } from './fetch-hook.js';
import { asksLocalFirst, isLocalOnly, limitLocalModels } from './local-models.js';
import { runtimeFileOf } from './model-address.js';
import type { ModelPlan, RecallPlan } from './plan/find-plan.js';
import { ModelRoute, originOf } from './model-route.js';
import type { ModelLoader, ModelLoaderContext } from '../loader/model-transfer.js';
import { optionsFor, type PipelineOptions } from './pipeline-options.js';
import { noteRuntimeStarted } from './runtime-file.js';
import { CONFIG } from './shared-files.js';
import type { TransformersModelDefinition } from './definition.js';
import { majorVersion, resolveTransformers, type TransformersModule, type TransformersSource } from './module.js';

/**
 * Makes the loader of one model: it runs `pipeline()` and resolves with what that resolves with.
 * Which files the load needs is said as soon as a source tells; the load does not wait for that. It
 * rejects as soon as a file is broken for good: versions 3 and 4 never settle when a file of
 * external data is.
 */
export function createTransformersLoader(
  definition: TransformersModelDefinition,
  source: TransformersSource,
  recall?: RecallPlan,
): ModelLoader<unknown> {
  const { task, model, options = {} } = definition;
  return async (context) => {
    const { progress_callback, signal } = context;
    const [transformers, { ModelPlan }] = await Promise.all([resolveTransformers(source), import('./plan/find-plan.js')]);
    const [ownOptions, plan] = await Promise.all([
      optionsFor(majorVersion(transformers), options),
      ModelPlan.recall({ transformers, definition, recall, signal }),
    ]);
    signal.throwIfAborted();
    announcePlan(plan, definition, context);
    const tell = listsAllFiles(options) ? progress_callback : withoutTotals(progress_callback);
    const receive = (event: unknown): void => {
      // `pipeline()` takes no signal; it asks for no further file once its callback has thrown.
      signal.throwIfAborted();
      tell(event);
    };
    const pipeline = transformers.pipeline as (task: string, model: string, options: object) => Promise<unknown>;
    const { progress_callback: ownCallback } = ownOptions as { progress_callback?: unknown };
    const load: RoutedLoad['load'] = (hear) => {
      const progress_callback = (event: unknown): void => {
        hear(event);
        receive(event);
        // A callback of the page's own goes on hearing what it asked for.
        if (typeof ownCallback === 'function') (ownCallback as (event: unknown) => void)(event);
      };
      return pipeline(task, model, { ...ownOptions, progress_callback });
    };
    return loadThrough({ load, transformers, definition, context, plan });
  };
}

interface RoutedLoad {
  /** @param hear Is called with each event first. */
  readonly load: (hear: (event: unknown) => void) => Promise<unknown>;
  readonly transformers: TransformersModule;
  readonly definition: TransformersModelDefinition;
  readonly context: ModelLoaderContext;
  readonly plan: ModelPlan;
}

async function loadThrough({ load, transformers, definition, context, plan }: RoutedLoad): Promise<unknown> {
  const { openFetch, signal } = context;
  let fail: (cause: unknown) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => (fail = reject));
  broken.catch(() => undefined);
  if (openFetch) limitLocalModels(transformers, definition.allowLocalModels, definition.options);
  const download = await openFetch?.({
    ...originOf(transformers, definition, plan),
    onFailure: (cause, url) => {
      // Without the runtime's file the session fails, and says so in its own words.
      if (runtimeFileOf(url) === undefined) fail(cause);
    },
  });
  // One that was cancelled meanwhile must not stand in the way of the next.
  signal.throwIfAborted();
  const stop = (): void => fail(signal.reason);
  signal.addEventListener('abort', stop);
  const route = new ModelRoute({
    transformers,
    definition,
    plan,
    download: download ?? originalFetch(transformers),
    signal,
    onFailure: fail,
  });
  const leave = addRoute(transformers, route);
  try {
    const { shared } = route;
    // Where the page has the model itself, no hub is asked about another one of the same name.
    const isOfHub =
      asksLocalFirst(transformers) && !isLocalOnly(transformers, definition.options) ? shared.asked(plan.address + CONFIG) : undefined;
    const loading = load((event) => route.hear(event));
    loading.catch(() => undefined);
    void Promise.resolve(isOfHub).then(() => announceFound(plan, shared, definition, context));
    const pipeline = await Promise.race([loading, broken]);
    noteRuntimeStarted(transformers);
    return pipeline;
  } catch (cause) {
    throw route.explain(cause);
  } finally {
    leave();
    route.close();
    signal.removeEventListener('abort', stop);
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
