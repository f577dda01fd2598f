import type { FetchLike, PlanEntry } from '../core/index.js';
import { HubListing, type KnownFile, type LookUp } from '../transfer/index.js';
import { modelAddress, runtimeFileOf } from './model-address.js';
import { optionsFor } from './pipeline-options.js';
import { cacheNameOf, readCached } from './runtime-cache.js';
import { isRuntimeStarted, probeSize, runtimeAddress } from './runtime-file.js';
import { selectFiles } from './select-files.js';
import type { TransformersModelDefinition } from './transformers-model-definition.js';
import { majorVersion, type TransformersModule } from './transformers-module.js';

/** How long a hub may take to list a model's files, in ms: a load does not wait longer for its plan. */
const PATIENCE = 5_000;

const PREPROCESSOR = 'preprocessor_config.json';

/** Files that decide nothing but details, which versions ask for whether they exist or not. */
const OPTIONAL = /\.(json|jinja)$/;

/** The files that a version of Transformers.js needed at its last load of a model; `undefined` where nobody knows. */
export type RecallPlan = (version: number) => readonly PlanEntry[] | undefined;

/** What a plan is found with. */
export interface PlanRequest {
  readonly transformers: TransformersModule;
  readonly definition: TransformersModelDefinition;
  readonly fetch: FetchLike;
  readonly recall?: RecallPlan | undefined;
}

/** The files that a load of one model will ask for, and what else is known of them. */
export interface ModelPlan {
  /** `undefined` where no source tells. Files that are not on this device have `cached: false`. */
  readonly files: readonly PlanEntry[] | undefined;
  /** The address of the ONNX Runtime's file, if the load will fetch one. */
  readonly runtime: { readonly url: string; readonly file: string; readonly size: number } | undefined;
  /** What the addresses of the model's files begin with. */
  readonly address: string;
  /** Size and hash of a file by its address, where the hub has said them. */
  readonly lookUp: LookUp;
  /** Whether a file is known not to exist, so that nobody need ask for it. */
  readonly lacks: (file: string) => boolean;
}

/**
 * Finds out which files a load will ask for. Sources, best first: the page, the last load where all
 * of its files are here, the hub's listing, the last load. None of them is needed for a load, so
 * one that cannot be had is passed over in silence.
 */
export async function findPlan(request: PlanRequest): Promise<ModelPlan> {
  const { transformers, definition, fetch, recall } = request;
  const address = modelAddress(transformers, definition.model, definition.options ?? {});
  const listing = new HubListing(fetch);
  const shared = { address, lookUp: ((url, options) => listing.lookUp(url, options)) satisfies LookUp };
  const cacheName = cacheNameOf(transformers);
  const learned = definition.files ? undefined : recall?.(majorVersion(transformers));
  const kept = learned && (await withCached(learned, address, cacheName));
  if (kept?.every(({ cached }) => cached)) {
    const names = new Set(kept.map(({ file }) => file));
    // An optional file that has never been there is asked for at each load, and fails the load when offline.
    const lacks = (file: string): boolean => OPTIONAL.test(file) && !names.has(file);
    return { ...shared, files: kept, runtime: await findRuntime(request), lacks };
  }
  const [listed, runtime] = await Promise.all([withPatience(findListed(request, address, listing)), findRuntime(request)]);
  const lacks = (file: string): boolean => listed?.all !== undefined && OPTIONAL.test(file) && !listed.all.has(file);
  const chosen = listed?.files && (await withCached(listed.files, address, cacheName));
  return { ...shared, files: definition.files ?? chosen ?? kept, runtime, lacks };
}

interface ListedFiles {
  readonly all: ReadonlyMap<string, KnownFile>;
  /** `undefined` when no rule says which of them a load asks for. */
  readonly files: readonly PlanEntry[] | undefined;
}

async function findListed(request: PlanRequest, address: string, listing: HubListing): Promise<ListedFiles | undefined> {
  const { transformers, definition } = request;
  const version = majorVersion(transformers);
  const [all, config, options] = await Promise.all([
    listing.files(address),
    readConfig('config.json', request, address),
    optionsFor(version, definition.options ?? {}),
  ]);
  if (!all) return undefined;
  // In versions 3 and 4 the processor decides which files come with it.
  const preprocessor = version > 2 && all.has(PREPROCESSOR) ? await readConfig(PREPROCESSOR, request, address) : undefined;
  const selection = { version, task: definition.task, options, config, preprocessor, inBrowser: 'location' in globalThis };
  const files = selectFiles(selection, (file) => all.has(file));
  return { all, files: files?.map((file) => ({ file, size: all.get(file)?.size })) };
}

/** A small file that decides which others are needed; `undefined` when it cannot be read. */
async function readConfig(file: string, { transformers, fetch }: PlanRequest, address: string): Promise<unknown> {
  try {
    const response = (await readCached(address + file, cacheNameOf(transformers))) ?? (await fetch(address + file));
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

async function withCached(files: readonly PlanEntry[], address: string, cacheName: string): Promise<readonly PlanEntry[]> {
  if (!('caches' in globalThis)) return files;
  const mark = async (entry: PlanEntry): Promise<PlanEntry> => {
    const cached = (await readCached(address + entry.file, cacheName)) !== undefined;
    return { ...entry, cached };
  };
  return Promise.all(files.map(mark));
}

/** The runtime's file, unless it is in place, or kept beside the models. */
async function findRuntime({ transformers, fetch }: PlanRequest): Promise<ModelPlan['runtime']> {
  const url = runtimeAddress(transformers);
  const file = url === undefined ? undefined : runtimeFileOf(url);
  if (url === undefined || file === undefined || isRuntimeStarted(transformers)) return undefined;
  if (await readCached(url, cacheNameOf(transformers))) return undefined;
  const size = await probeSize(url, fetch);
  return size === undefined ? undefined : { url, file, size };
}

async function withPatience<T>(promise: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), PATIENCE)));
  return Promise.race([promise, tooLate]).finally(() => clearTimeout(timer));
}
