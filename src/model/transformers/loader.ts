import { classifyFailure } from '../../core/index.js';
import { check, checkOption, deferred, isRecord, isRetriedAlone } from '../../core/internal.js';
import { mayLackFile } from '../absent-files.js';
import { announceFound, announcePlan } from './plan/announce-plan.js';
import { addRoute, isRoutable, originalFetch } from './fetch-hook.js';
import { noteRuntimeArrived, startRuntimeFile, type EarlyRequest } from './early-runtime.js';
import { startRuntimeScript } from './early-script.js';
import { requestsLocalFirst, isLocalOnly, limitLocalModels } from './local-models.js';
import { ModelPlan } from './plan/find-plan.js';
import { takeListing } from './plan/noted-listing.js';
import type { PlanMemory } from './plan/plan-memory.js';
import { holdEvents } from './plan/hold-events.js';
import { originOf } from './file-origin.js';
import { ModelRoute } from './model-route.js';
import type { DownloadFetch } from '../../transfer/internal.js';
import type { FileOrigin, ModelLoader, ModelLoaderContext } from '../loader/model-transfer.js';
import { optionsFor, type PipelineOptions } from './pipeline-options.js';
import { noteRuntimeStarted } from './runtime-file.js';
import { runtimeFileOf } from './runtime-name.js';
import { CONFIG } from './shared-files.js';
import { sharedRuntime } from './shared-runtime.js';
import { backgroundStorageOf, useBackgroundCache } from './use-background-cache.js';
import type { TransformersModelDefinition } from './definition.js';
import { majorVersion } from './major-version.js';
import type { TransformersModule, TransformersSource } from './module.js';
import { resolveTransformers } from './resolve-module.js';

/**
 * Creates the loader of one model: it runs `pipeline()` and resolves with the pipeline. It reports the files of the load as
 * soon as a source lists them, without delaying the load. It rejects as soon as a file has failed for good: versions 3 and
 * 4 never settle if external data fails.
 *
 * @throws TypeError if the definition is not an object. The loader rejects with the error of a file, of the import, or of
 * `pipeline()`; with the signal's reason when it aborts.
 */
export function createTransformersLoader(
  definition: TransformersModelDefinition,
  source: TransformersSource,
  memory?: PlanMemory,
): ModelLoader<unknown> {
  check(isRecord(definition), 'definition', definition, 'an object');
  return async (context) => {
    checkOption('allowLocalModels', definition.allowLocalModels, 'boolean');
    const transformers = await resolveTransformers(source);
    // Before the plan looks the runtime's file up: of several loads the first one counts it.
    const leaveRuntime = joinRuntime(transformers, definition, context);
    const background = context.openFetch ? useBackgroundCache(transformers) : undefined;
    try {
      const pipeline = await loadPipeline({ transformers, definition, context, memory });
      await background?.safe();
      return pipeline;
    } finally {
      leaveRuntime();
      background?.leave();
    }
  };
}

/** What an attempt to load a pipeline needs. */
interface PipelineLoad {
  readonly transformers: TransformersModule;
  readonly definition: TransformersModelDefinition;
  readonly context: ModelLoaderContext;
  readonly memory: PlanMemory | undefined;
}

async function loadPipeline({ transformers, definition, context, memory }: PipelineLoad): Promise<unknown> {
  const { task, model, options = {} } = definition;
  const { progress_callback, signal } = context;
  const listing = takeListing(transformers, definition);
  const plan = new ModelPlan({ transformers, definition, ...memory, listing, signal, load: context });
  const ownOptions = await optionsFor(majorVersion(transformers), options);
  signal.throwIfAborted();
  // The load does not wait for the look-ups of the plan: the runtime receives stored files immediately.
  const announced = plan.recalled.then(() => announcePlan(plan, definition, context));
  const forward = holdEvents(announced, listsAllFiles(options) ? progress_callback : withoutTotals(progress_callback));
  const receive = (event: unknown): void => {
    // `pipeline()` accepts no signal, but requests no further file after its callback has thrown.
    signal.throwIfAborted();
    forward(event);
  };
  const pipeline = transformers.pipeline as (task: string, model: string, options: object) => Promise<unknown>;
  const { progress_callback: ownCallback } = ownOptions as { progress_callback?: unknown };
  const load: RoutedLoad['load'] = (onEvent) => {
    const progress_callback = (event: unknown): void => {
      onEvent(event);
      receive(event);
      // The page's own callback still receives all events.
      if (typeof ownCallback === 'function') (ownCallback as (event: unknown) => void)(event);
    };
    return pipeline(task, model, { ...ownOptions, progress_callback });
  };
  return loadThrough({ load, transformers, definition, context, plan, memory });
}

/** A load whose requests are handled by a {@link ModelRoute}. */
interface RoutedLoad extends PipelineLoad {
  /** @param onEvent Called with each event first. */
  readonly load: (onEvent: (event: unknown) => void) => Promise<unknown>;
  readonly plan: ModelPlan;
}

async function loadThrough({ load, transformers, definition, context, plan, memory }: RoutedLoad): Promise<unknown> {
  const { openFetch, signal } = context;
  const { promise: broken, reject: fail } = deferred<never>();
  broken.catch(() => undefined);
  if (openFetch) limitLocalModels(transformers, definition.allowLocalModels, definition.options);
  const background = backgroundStorageOf(transformers, definition.options);
  const origin = { ...originOf(transformers, definition, plan), background };
  const download = await openFetch?.({ ...origin, onFailure: fail });
  const runtime = await openRuntime({ transformers, context }, origin);
  // A load that was cancelled in the meantime must not install its route over that of the next load.
  signal.throwIfAborted();
  const stop = (): void => fail(signal.reason);
  signal.addEventListener('abort', stop);
  const route = new ModelRoute({
    transformers,
    definition,
    plan,
    download: download ?? originalFetch(transformers),
    runtimeFetch: runtime.fetch ?? originalFetch(transformers),
    onRuntimeRequest: (url) => background?.noteRequest(url),
    signal,
    onFailure: fail,
    onDoubt: memory?.doubt,
    absent: memory?.absent,
  });
  const leave = addRoute(transformers, route);
  const endEarly = startEarly({ transformers, definition, plan, context }, runtime.fetch);
  try {
    const { shared } = route;
    // If the page's own server has the model, the hub's model of the same name must not be requested.
    const isOfHub =
      requestsLocalFirst(transformers) && !isLocalOnly(transformers, definition.options)
        ? shared.requested(plan.address + CONFIG)
        : undefined;
    const loading = load((event) => route.handleEvent(event));
    loading.catch(() => undefined);
    // Without a route the requests of the plan would be in addition to those of the runtime.
    if (isRoutable(transformers, plan.address)) void Promise.resolve(isOfHub).then(() => announceFound(plan, shared, definition, context));
    const pipeline = await Promise.race([loading, broken]);
    noteRuntimeStarted(transformers);
    runtime.end();
    endEarly();
    return pipeline;
  } catch (cause) {
    const failure = route.missing.explain(cause);
    if (!signal.aborted && mayLackFile(failure)) memory?.forget();
    endEarly(failure);
    throw failure;
  } finally {
    leave();
    route.close();
    signal.removeEventListener('abort', stop);
  }
}

/**
 * Requests the runtime's files as soon as their names are known. Call the returned function at the end of the attempt, with the failure if
 * it has failed.
 *
 * @param fetch `undefined` without the transfer layer.
 */
function startEarly(
  { transformers, definition, plan, context }: Pick<RoutedLoad, 'transformers' | 'definition' | 'plan' | 'context'>,
  fetch: DownloadFetch | undefined,
): (failure?: unknown) => void {
  let early: EarlyRequest | undefined;
  let stopScript: (() => void) | undefined;
  let hasEnded = false;
  void plan.recalled.then(() => {
    if (!fetch || plan.runtime?.file === undefined || hasEnded) return;
    early = startRuntimeFile(transformers, fetch);
    if (early) reportArrived(early, definition, context);
    stopScript = startRuntimeScript(transformers);
  });
  return (failure) => {
    hasEnded = true;
    stopScript?.();
    if (failure === undefined) return early?.stop();
    early?.leave(!context.signal.aborted && context.canRecover?.(true) === true && isRetriedAlone(classifyFailure(failure)));
  };
}

/** Reports the runtime's file if an earlier attempt has received it: its download has ended, and reports nothing any more. */
function reportArrived({ url, arrived }: EarlyRequest, { model: name }: TransformersModelDefinition, { report }: ModelLoaderContext): void {
  if (arrived === undefined) return;
  const file = runtimeFileOf(url) ?? '';
  report({ status: 'transfer', phase: 'done', name, file, loaded: arrived, stored: arrived, total: arrived, isRuntime: true });
}

/** Reports the rest of a download of the runtime's file that an earlier load has begun, until the returned function is called. */
function joinRuntime(
  transformers: TransformersModule,
  { model: name }: TransformersModelDefinition,
  context: ModelLoaderContext,
): () => void {
  return sharedRuntime(transformers).join(context, (url, progress) => {
    context.report({ status: 'transfer', name, file: runtimeFileOf(url) ?? '', ...progress, isRuntime: true });
  });
}

/**
 * Opens the `fetch` for the runtime's file, whose download continues after the load. If that file fails, the session of the runtime
 * rejects with its own error.
 */
async function openRuntime({ transformers, context }: Pick<RoutedLoad, 'transformers' | 'context'>, origin: FileOrigin) {
  const { openFetch } = context;
  const shared = sharedRuntime(transformers);
  const fetch = await openFetch?.({
    ...origin,
    outlivesLoad: true,
    onProgress: (url, progress) => {
      if (progress.phase === 'done') noteRuntimeArrived(transformers, url, progress.loaded);
      shared.report(context, url, progress);
    },
    onFailure: () => shared.end(),
  });
  return { fetch, end: () => shared.end() };
}

/**
 * Whether the totals of version 4 are correct: it ignores these options when it lists the files of a load.
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
