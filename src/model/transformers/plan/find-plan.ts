import type { PlanEntry } from '../../../core/index.js';
import { HubListing, type KnownFile } from '../../../transfer/index.js';
import { currentFetch } from '../fetch-hook.js';
import { isLocalOnly } from '../local-models.js';
import { localAddress, modelAddress, runtimeFileOf } from '../model-address.js';
import { optionsFor } from '../pipeline-options.js';
import { runtimeCacheOf } from '../runtime-cache.js';
import { findRuntime, recallRuntime, type RuntimeFile } from '../runtime-file.js';
import { selectFiles } from './select-files.js';
import { CONFIG, PREPROCESSOR, type SharedFiles } from '../shared-files.js';
import { DEVICE_LIMIT, limitedFetch, withLimit } from '../../time-limit.js';
import type { TransformersModelDefinition } from '../definition.js';
import { majorVersion, type TransformersModule } from '../module.js';

/** Files that decide nothing but details, which versions ask for whether they exist or not. */
const DETAILS = /\.(json|jinja)$/;

/** The files that a version of Transformers.js needed at its last load of a model; `undefined` where that is not known. */
export type RecallPlan = (version: number) => readonly PlanEntry[] | undefined;

/** What a plan is found with. */
export interface PlanRequest {
  readonly transformers: TransformersModule;
  readonly definition: TransformersModelDefinition;
  readonly recall?: RecallPlan | undefined;
  /** Ends our requests when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** What this device knows of a load. */
interface RecalledPlan {
  readonly own: readonly PlanEntry[] | undefined;
  readonly learned: readonly PlanEntry[] | undefined;
  readonly learnedRuntime: readonly PlanEntry[];
  readonly runtime: RuntimeFile | undefined;
}

/**
 * The files that a load of one model will ask for, and what else is known of them. Sources, best
 * first: the page, the last load where all of its files are here, the hub's listing, the last load.
 * A load needs none of them: it waits for what this device knows alone, and one that is not to be
 * had is passed over in silence.
 */
export class ModelPlan {
  /** What the addresses of the model's files begin with. */
  readonly address: string;

  readonly #request: PlanRequest;
  readonly #listing: HubListing | undefined;
  /** The files of the last load, and which of them are here. */
  readonly #learned: readonly PlanEntry[] | undefined;
  /** The runtime's file among those of the last load. */
  readonly #learnedRuntime: readonly PlanEntry[];
  /** The files that the page has named. */
  #own: readonly PlanEntry[] | undefined;
  #listed: ReadonlyMap<string, KnownFile> | undefined;
  #found: readonly PlanEntry[] | undefined;
  #runtime: RuntimeFile | undefined;

  private constructor(request: PlanRequest, { own, learned, learnedRuntime, runtime }: RecalledPlan) {
    const { transformers, signal } = request;
    this.#request = request;
    this.address = addressesOf(request)[0];
    this.#own = own;
    this.#learned = learned;
    this.#learnedRuntime = learnedRuntime;
    this.#runtime = runtime;
    if (isLocalOnly(transformers, request.definition.options)) return;
    const fetch = limitedFetch(currentFetch(transformers), signal);
    // One that the browser has stored may be older than the files.
    this.#listing = new HubListing((input, init) => fetch(input, { cache: 'no-cache', ...init }));
  }

  /** What this device knows: takes no request, and no longer than a second. */
  static async recall(request: PlanRequest): Promise<ModelPlan> {
    const { transformers, definition, recall, signal } = request;
    const last = recall?.(majorVersion(transformers)) ?? [];
    const learnedRuntime = last.filter(({ file }) => isRuntime(file));
    const files = definition.files ?? last.filter(({ file }) => !isRuntime(file));
    const [marked, runtime] = await Promise.all([withCached(files, request), recallRuntime(transformers, learnedRuntime, signal)]);
    const isOwn = definition.files !== undefined;
    const learned = isOwn || marked.length === 0 ? undefined : marked;
    return new ModelPlan(request, { own: isOwn ? marked : undefined, learned, learnedRuntime, runtime });
  }

  /** `undefined` where no source tells. Files that are not on this device have `cached: false`. */
  get files(): readonly PlanEntry[] | undefined {
    return this.#own ?? this.#found ?? this.#learned;
  }

  /**
   * The runtime's file, if the load will fetch one, as far as is known by now: its size may be unknown until
   * {@link findRuntime} has resolved.
   */
  get runtime(): RuntimeFile | undefined {
    return this.#runtime;
  }

  /** Size and hash of a file by its address, where the hub has said them. */
  readonly lookUp: HubListing['lookUp'] = async (...request) => this.#listing?.lookUp(...request);

  /** Bytes of a file as the hub lists it; `undefined` while it has not. */
  sizeOf(file: string): number | undefined {
    return this.#listed?.get(file)?.size;
  }

  /**
   * Whether the last load did without a file, and all that it needed is here: else an optional file that
   * was never there would be asked for at each load, and fail it when offline. What a listing does not
   * name may be there all the same.
   */
  lacks(file: string): boolean {
    return DETAILS.test(file) && this.#isHere && this.#learned?.some((entry) => entry.file === file) === false;
  }

  /** Whether the hub has said that a file does not exist, in a listing that was asked for anew in this load and names others. */
  isGone(file: string): boolean {
    const listed = this.#listing?.newest(this.address);
    return listed?.has(CONFIG) === true && !listed.has(file);
  }

  /**
   * Asks the hub what this device does not know, and resolves with {@link files}. Never rejects.
   *
   * @param shared Reads the small files that say which others are needed.
   */
  async find(shared: SharedFiles): Promise<readonly PlanEntry[] | undefined> {
    if (!this.#isHere && this.#listing) {
      const [listed, config] = await Promise.all([this.#list(this.#listing), this.#read(CONFIG, shared)]);
      if (this.#own) this.#own = withSizes(this.#own, listed);
      else this.#found = listed && (await this.#select(listed, config, shared));
    }
    return this.files;
  }

  /** The runtime's file, if the load will fetch one. Never rejects. */
  async findRuntime(): Promise<RuntimeFile | undefined> {
    this.#runtime = await findRuntime(this.#request.transformers, this.#learnedRuntime, this.#request.signal);
    return this.#runtime;
  }

  /** Whether every file of the last load is on this device. */
  get #isHere(): boolean {
    return this.#learned?.every(({ cached }) => cached) === true;
  }

  async #list(listing: HubListing): Promise<ReadonlyMap<string, KnownFile> | undefined> {
    this.#listed = await listing.files(this.address);
    return this.#listed;
  }

  async #select(listed: ReadonlyMap<string, KnownFile>, config: unknown, shared: SharedFiles): Promise<readonly PlanEntry[] | undefined> {
    const { transformers, definition } = this.#request;
    const version = majorVersion(transformers);
    const options = await optionsFor(version, definition.options ?? {});
    // In versions 3 and 4 the processor decides which files come with it.
    const preprocessor = version > 2 && listed.has(PREPROCESSOR) ? await this.#read(PREPROCESSOR, shared) : undefined;
    const selection = { version, task: definition.task, options, config, preprocessor, inBrowser: 'location' in globalThis };
    const files = selectFiles(selection, (file) => listed.has(file));
    return (
      files &&
      (await withCached(
        files.map((file) => ({ file, size: listed.get(file)?.size })),
        this.#request,
      ))
    );
  }

  /** A small file that decides which others are needed; `undefined` when it cannot be read. */
  async #read(file: string, shared: SharedFiles): Promise<unknown> {
    const { files, options } = this.#request.definition;
    // The page has said itself which files there are, or what they are chosen by.
    if (files || options?.config) return undefined;
    const kept = await readKept(file, this.#request);
    return kept ? kept.json().catch(() => undefined) : shared.json(this.address + file);
  }
}

/** What the addresses of the model's files begin with, where they come from first, and what else they are kept under. */
function addressesOf({ transformers, definition: { model, options = {} } }: PlanRequest): [string, ...string[]] {
  const [hub, local] = [modelAddress(transformers, model, options), localAddress(transformers, model)];
  return isLocalOnly(transformers, options) ? [local, hub] : [hub, local];
}

async function readKept(file: string, request: PlanRequest): Promise<Response | undefined> {
  const cache = runtimeCacheOf(request.transformers);
  for (const address of addressesOf(request)) {
    const kept = await cache?.match(address + file);
    if (kept) return kept;
  }
  return undefined;
}

/** The same files, and which of them are on this device, as far as that answers in time. */
async function withCached(files: readonly PlanEntry[], request: PlanRequest): Promise<readonly PlanEntry[]> {
  if (!runtimeCacheOf(request.transformers)) return files;
  const mark = async (entry: PlanEntry): Promise<PlanEntry> => {
    // What the page says of a file stands.
    return { ...entry, cached: entry.cached ?? (await readKept(entry.file, request)) !== undefined };
  };
  return withLimit(DEVICE_LIMIT, () => Promise.all(files.map(mark)), [request.signal]).catch(() => files);
}

/** The same files, with the sizes that a hub lists where the page has named none; the same plan where it lists none. */
function withSizes(files: readonly PlanEntry[], listed: ReadonlyMap<string, KnownFile> | undefined): readonly PlanEntry[] {
  if (!listed || files.every(({ size }) => size !== undefined)) return files;
  return files.map((entry) => ({ ...entry, size: entry.size ?? listed.get(entry.file)?.size }));
}

function isRuntime(file: string): boolean {
  return runtimeFileOf(`/${file}`) !== undefined;
}
