import { DownloadFailure, type FetchLike } from '../../core/index.js';
import type { AbsentFiles } from '../absent-files.js';
import { announceFound, announcePlan } from './plan/announce-plan.js';
import { bodyLength, countBody } from '../loader/count-body.js';
import { httpFailure } from '../loader/http-failure.js';
import { originalFetch, urlOf } from './fetch-hook.js';
import { ModelPlan } from './plan/find-plan.js';
import { takeListing } from './plan/noted-listing.js';
import type { PlanMemory } from './plan/plan-memory.js';
import { filesToTry } from './optional-files.js';
import { originOf } from './file-origin.js';
import type { ModelLoaderContext } from '../loader/model-transfer.js';
import { runtimeCacheOf, type RuntimeCache } from './runtime-cache.js';
import { hasRuntimeBytes, moduleAddress, realmRuntimeAddress, runtimeAddress } from './runtime-address.js';
import { noteOwnRequest } from './runtime-requests.js';
import { CONFIG, PREPROCESSOR, SharedFiles } from './shared-files.js';
import type { TransformersModelDefinition } from './definition.js';
import { limitedFetch } from '../request-limits.js';
import { majorVersion } from './major-version.js';
import type { TransformersSource } from './module.js';
import { resolveTransformers } from './resolve-module.js';

/** Options of {@link prefetchModel}. */
export interface PrefetchOptions {
  readonly definition: TransformersModelDefinition;
  readonly source: TransformersSource;
  readonly memory?: PlanMemory | undefined;
  readonly context: ModelLoaderContext;
}

/**
 * Downloads the files of one model into the cache of Transformers.js. Each file is streamed to the cache, so that only a
 * part of it is in memory.
 *
 * @throws DownloadFailure `unknown` if no source lists the files, or there is no cache; `quota` if the disk is full;
 * otherwise the code of a response's error status.
 */
export async function prefetchModel({ definition, source, memory, context }: PrefetchOptions): Promise<void> {
  const transformers = await resolveTransformers(source);
  const cache = runtimeCacheOf(transformers);
  if (!cache) throw new DownloadFailure('unknown', 'A prefetch requires a cache, but Transformers.js uses none here');
  const listing = takeListing(transformers, definition);
  const plan = await ModelPlan.recall({ transformers, definition, ...memory, listing, signal: context.signal });
  announcePlan(plan, definition, context);
  const request = originalFetch(transformers);
  const fetch =
    (await context.openFetch?.(originOf(transformers, definition, plan))) ?? counting(request, plan.address, definition, context);
  context.signal.throwIfAborted();
  const shared = new SharedFiles(fetch);
  await announceFound(plan, shared, definition, context);
  if (!plan.files) throw new DownloadFailure('unknown', `No source lists the files of ${definition.model}`);
  for (const { file } of plan.files) {
    // The plan may have requested these two files already.
    await downloadInto(plan.address + file, file === CONFIG || file === PREPROCESSOR ? shared.fetch : fetch, cache);
  }
  const runtime = hasRuntimeBytes(transformers) ? undefined : runtimeAddress(transformers);
  if (runtime !== undefined) {
    noteOwnRequest(runtime);
    await downloadInto(runtime, fetch, cache);
  }
  if (memory) await findAbsent(plan, memory.absent, majorVersion(transformers), limitedFetch(request, context.signal));
  const script = moduleAddress(transformers);
  if (script === undefined) return;
  // If version 4 stores the runtime itself, it looks for the script in the cache of the models. Otherwise the script is imported, and
  // an import does not use that cache: after an import here, the browser keeps the module for the lifetime of the page.
  if (majorVersion(transformers) >= 4 && realmRuntimeAddress(transformers) === undefined) await downloadInto(script, request, cache);
  else await import(/* @vite-ignore */ /* webpackIgnore: true */ script).catch(() => undefined);
}

/**
 * Requests the small files that no source lists but that a load requests, and records which of them do not exist. A load without a
 * network then does not request these. Never rejects.
 */
async function findAbsent(plan: ModelPlan, absent: AbsentFiles, version: number, fetch: FetchLike): Promise<void> {
  const due = filesToTry(version).filter((name) => !absent.has(plan.address + name) && !plan.files?.some(({ file }) => file === name));
  const find = async (file: string): Promise<void> => absent.record(plan.address + file, await fetch(plan.address + file));
  await Promise.allSettled(due.map(find));
}

/** Downloads a file into a cache, unless the cache has it. */
async function downloadInto(url: string, fetch: FetchLike, cache: RuntimeCache): Promise<void> {
  if (await cache.match(url)) return;
  const response = await fetch(url);
  if (!response.ok) throw httpFailure(response, url);
  try {
    await cache.put(url, response);
  } catch (cause) {
    if ((cause as { name?: unknown }).name !== 'QuotaExceededError') throw cause;
    throw new DownloadFailure('quota', 'The disk is full: the model cannot be stored', { cause });
  }
}

/** Wraps a `fetch` to report the bytes of its responses. */
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
