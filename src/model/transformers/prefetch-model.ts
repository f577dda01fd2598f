import { DownloadFailure, type FetchLike } from '../../core/index.js';
import { codeOfStatus } from '../../core/internal.js';
import { announceFound, announcePlan } from './plan/announce-plan.js';
import { bodyLength, countBody } from '../loader/count-body.js';
import { originalFetch, urlOf } from './fetch-hook.js';
import { ModelPlan, type RecallPlan } from './plan/find-plan.js';
import { originOf } from './model-route.js';
import type { ModelLoaderContext } from '../loader/model-transfer.js';
import { runtimeCacheOf, type RuntimeCache } from './runtime-cache.js';
import { moduleAddress, realmRuntimeAddress, runtimeAddress } from './runtime-address.js';
import { CONFIG, PREPROCESSOR, SharedFiles } from './shared-files.js';
import type { TransformersModelDefinition } from './definition.js';
import { majorVersion, resolveTransformers, type TransformersSource } from './module.js';

/** What a prefetch downloads, and with what. */
export interface PrefetchOptions {
  readonly definition: TransformersModelDefinition;
  readonly source: TransformersSource;
  readonly recall?: RecallPlan | undefined;
  readonly context: ModelLoaderContext;
}

/**
 * Downloads the files of one model into the cache of Transformers.js. Each is written as it comes,
 * so that no more than a piece of it is in memory.
 *
 * @throws DownloadFailure `unknown` where nothing tells which files the model has, or there is no
 * cache to put them in; `quota` when there is no room; otherwise what a request was answered with.
 */
export async function prefetchModel({ definition, source, recall, context }: PrefetchOptions): Promise<void> {
  const transformers = await resolveTransformers(source);
  const cache = runtimeCacheOf(transformers);
  if (!cache) throw new DownloadFailure('unknown', 'A prefetch needs a cache, and Transformers.js uses none here');
  const plan = await ModelPlan.recall({ transformers, definition, recall, signal: context.signal });
  announcePlan(plan, definition, context);
  const request = originalFetch(transformers);
  const fetch =
    (await context.openFetch?.(originOf(transformers, definition, plan))) ?? counting(request, plan.address, definition, context);
  context.signal.throwIfAborted();
  const shared = new SharedFiles(fetch);
  await announceFound(plan, shared, definition, context);
  if (!plan.files) throw new DownloadFailure('unknown', `Nothing tells which files ${definition.model} needs`);
  for (const { file } of plan.files) {
    // These the plan may have read already.
    await keep(plan.address + file, file === CONFIG || file === PREPROCESSOR ? shared.fetch : fetch, cache);
  }
  const runtime = runtimeAddress(transformers);
  if (runtime !== undefined) await keep(runtime, fetch, cache);
  const script = moduleAddress(transformers);
  if (script === undefined) return;
  // Version 4 looks for it beside the models. Otherwise it is imported, which no cache of ours can
  // answer: the browser keeps a module for as long as the page lives.
  if (majorVersion(transformers) >= 4 && realmRuntimeAddress(transformers) === undefined) await keep(script, request, cache);
  else await import(/* @vite-ignore */ /* webpackIgnore: true */ script).catch(() => undefined);
}

/** Downloads a file into a cache, unless it is there. */
async function keep(url: string, fetch: FetchLike, cache: RuntimeCache): Promise<void> {
  if (await cache.match(url)) return;
  const response = await fetch(url);
  const { status: httpStatus } = response;
  if (!response.ok)
    throw new DownloadFailure(codeOfStatus(httpStatus, response.headers.get('X-Error-Code')), `${url} answered with ${httpStatus}`, {
      httpStatus,
    });
  try {
    await cache.put(url, response);
  } catch (cause) {
    if ((cause as { name?: unknown }).name !== 'QuotaExceededError') throw cause;
    throw new DownloadFailure('quota', 'There is no room for the model', { cause });
  }
}

/** Tells of the bytes of a `fetch` that tells of none. */
function counting(
  fetch: FetchLike,
  address: string,
  { model: name }: TransformersModelDefinition,
  { progress_callback, signal }: ModelLoaderContext,
): FetchLike {
  return async (input) => {
    const response = await fetch(input, { signal });
    const file = urlOf(input).slice(address.length);
    const total = bodyLength(response);
    return countBody(response, {
      onBytes: (loaded) => progress_callback({ status: 'progress', name, file, loaded, total }),
      onEnd: () => progress_callback({ status: 'done', name, file }),
    });
  };
}
