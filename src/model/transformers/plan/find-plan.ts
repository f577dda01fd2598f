import type { PlanEntry } from '../../../core/index.js';
import type { AbsentFiles } from '../../absent-files.js';
import { HubListing, type KnownFile } from '../../../transfer/internal.js';
import { currentFetch } from '../fetch-hook.js';
import { isLocalOnly } from '../local-models.js';
import { modelAddress } from '../model-address.js';
import { localAddress } from '../local-address.js';
import { optionsFor } from '../pipeline-options.js';
import { runtimeCacheOf } from '../runtime-cache.js';
import { findRuntime, recallRuntime, type RuntimeFile } from '../runtime-file.js';
import { isRuntimeFile } from '../runtime-name.js';
import type { RecallPlan } from './plan-memory.js';
import { selectFiles } from './select-files.js';
import { CONFIG, PREPROCESSOR, type SharedFiles } from '../shared-files.js';
import { DEVICE_LIMIT, limitedFetch, withLimit } from '../../request-limits.js';
import type { TransformersModelDefinition } from '../definition.js';
import { exactVersion, majorVersion } from '../major-version.js';
import type { TransformersModule } from '../module.js';

/** Options of a {@link ModelPlan}. */
export interface PlanRequest {
  readonly transformers: TransformersModule;
  readonly definition: TransformersModelDefinition;
  readonly recall?: RecallPlan | undefined;
  /** The files that the server has reported as missing. Default: none is known. */
  readonly absent?: AbsentFiles | undefined;
  /** The listing of an estimate. Default: the plan requests the listing. */
  readonly listing?: HubListing | undefined;
  /** Aborts the requests of the plan. */
  readonly signal?: AbortSignal | undefined;
  /** The load, as in `SharedRuntime.join()`; `undefined` for an estimate or a prefetch. */
  readonly load?: object | undefined;
}

/**
 * The files that a load of one model will request, with their sizes and cache states. Sources, best first: the page's
 * definition, the last load if all of its files are stored, the hub's listing, the last load. A load requires none of
 * them: it waits only for sources on this device, and ignores sources that fail.
 */
export class ModelPlan {
  /** The common start of the addresses of the model's files. */
  readonly address: string;

  /**
   * Resolves when the files and the runtime's file have been looked up on this device, or a second has passed. Until then no
   * file counts as stored. Never rejects.
   */
  readonly recalled: Promise<void>;

  readonly #request: PlanRequest;
  readonly #listing: HubListing | undefined;
  /** The files of the last load, with their cache states. */
  #learned: readonly PlanEntry[] | undefined;
  /** The runtime's file among those of the last load. */
  readonly #learnedRuntime: readonly PlanEntry[];
  /** The files of the page's definition. */
  #own: readonly PlanEntry[] | undefined;
  #listed: ReadonlyMap<string, KnownFile> | undefined;
  /** Resolves when the listing has arrived, or has failed; `undefined` before it is requested. */
  #arriving: Promise<unknown> | undefined;
  #found: readonly PlanEntry[] | undefined;
  #runtime: RuntimeFile | undefined;

  /** Creates the plan from sources on this device, without a request. */
  constructor(request: PlanRequest) {
    const { transformers, definition, recall, listing, signal } = request;
    this.#request = request;
    this.address = addressesOf(request)[0];
    const last = recall?.(exactVersion(transformers)) ?? [];
    const learned = last.filter(({ file }) => !isRuntimeFile(file));
    this.#learnedRuntime = last.filter(({ file }) => isRuntimeFile(file));
    this.#own = definition.files;
    this.#learned = this.#own || learned.length === 0 ? undefined : learned;
    this.recalled = this.#lookUpFiles();
    if (isLocalOnly(transformers, definition.options)) return;
    const fetch = limitedFetch(currentFetch(transformers), signal);
    // A listing in the HTTP cache may be older than the files.
    this.#listing = listing ?? new HubListing((input, init) => fetch(input, { cache: 'no-cache', ...init }));
  }

  /** As the constructor; resolves when the files have been looked up. */
  static async recall(request: PlanRequest): Promise<ModelPlan> {
    const plan = new ModelPlan(request);
    await plan.recalled;
    return plan;
  }

  /** The files; `undefined` if no source lists them. Files that are not on this device have `cached: false`. */
  get files(): readonly PlanEntry[] | undefined {
    return this.#own ?? this.#found ?? this.#learned;
  }

  /**
   * The runtime's file; `undefined` if the load fetches none, and until {@link recalled}. Its size may be unknown until
   * {@link findRuntime} has resolved.
   */
  get runtime(): RuntimeFile | undefined {
    return this.#runtime;
  }

  /** Looks up the size and hash of a file in the hub's listing, by the file's address. */
  readonly lookUp: HubListing['lookUp'] = async (...request) => this.#listing?.lookUp(...request);

  /** The hub's listing, which may not have arrived; `undefined` if the hub may not be requested. */
  get listing(): HubListing | undefined {
    return this.#listing;
  }

  /** Whether the listing has arrived. */
  get isListed(): boolean {
    return this.#listed !== undefined;
  }

  /** Bytes of a file in the hub's listing; `undefined` if the listing has not arrived or has no such file. */
  sizeOf(file: string): number | undefined {
    return this.#listed?.get(file)?.size;
  }

  /** Resolves when a requested listing has arrived or has failed, and after `limit` ms at the most. Never rejects. */
  async listed(limit: number): Promise<void> {
    const arriving = this.#arriving;
    if (arriving) await withLimit(limit, () => arriving, [this.#request.signal]).catch(() => undefined);
  }

  /**
   * Resolves with the hub's listing of another revision; with `undefined` if it does not arrive within `limit` ms. Also resolves with
   * `undefined` if the load needs the listing of its own revision and has not received it. Never rejects.
   */
  async listOther(address: string, limit: number): Promise<ReadonlyMap<string, KnownFile> | undefined> {
    if (!this.#listing || !(this.#listed ?? this.isHere)) return undefined;
    const arriving = this.#listing.files(address);
    return withLimit(limit, () => arriving, [this.#request.signal]).catch(() => undefined);
  }

  /**
   * Whether the server has reported a file as missing to a successful load with this version of Transformers.js, and all files of
   * that load are stored. Without this, each load would request the missing optional file again, and would fail offline.
   */
  lacks(file: string): boolean {
    return this.isHere && this.#request.absent?.has(this.address + file) === true;
  }

  /** Whether a fresh listing of the hub, which contains other files of the model, lacks a file. */
  isGone(file: string): boolean {
    const listed = this.#listing?.newest(this.address);
    return listed?.has(CONFIG) === true && !listed.has(file);
  }

  /**
   * Requests unknown files and sizes from the hub, and resolves with {@link files}. Never rejects.
   *
   * @param shared Reads the small files that determine which others are needed.
   */
  async find(shared: SharedFiles): Promise<readonly PlanEntry[] | undefined> {
    await this.recalled;
    if (!this.isHere && this.#listing) {
      const [listed, config] = await Promise.all([this.#list(this.#listing), this.#read(CONFIG, shared)]);
      if (this.#own) this.#own = withSizes(this.#own, listed);
      else this.#found = listed && (await this.#select(listed, config, shared));
    }
    return this.files;
  }

  /** Finds the size of the runtime's file; resolves with `undefined` if the load fetches none. Never rejects. */
  async findRuntime(): Promise<RuntimeFile | undefined> {
    await this.recalled;
    if (this.#runtime?.file === undefined || this.#runtime.size !== undefined) return this.#runtime;
    const { transformers, signal, load } = this.#request;
    this.#runtime = await findRuntime(transformers, this.#learnedRuntime, signal, load);
    return this.#runtime;
  }

  /** Whether every file of the last load is stored. */
  get isHere(): boolean {
    return this.#learned?.every(({ cached }) => cached) === true;
  }

  async #lookUpFiles(): Promise<void> {
    const { transformers, signal, load } = this.#request;
    const runtime = recallRuntime(transformers, this.#learnedRuntime, signal, load);
    const [own, learned, found] = await Promise.all([
      this.#own && withCached(this.#own, this.#request),
      this.#learned && withCached(this.#learned, this.#request),
      runtime,
    ]);
    this.#own = own;
    this.#learned = learned;
    this.#runtime = found;
  }

  async #list(listing: HubListing): Promise<ReadonlyMap<string, KnownFile> | undefined> {
    const arriving = listing.files(this.address);
    this.#arriving = arriving;
    this.#listed = await arriving;
    return this.#listed;
  }

  async #select(listed: ReadonlyMap<string, KnownFile>, config: unknown, shared: SharedFiles): Promise<readonly PlanEntry[] | undefined> {
    const { transformers, definition } = this.#request;
    const version = majorVersion(transformers);
    const options = await optionsFor(version, definition.options ?? {});
    // In versions 3 and 4 the class of the processor determines which files it reads.
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

  /** Reads and parses a small file that determines which others are needed; resolves with `undefined` if it cannot be read. */
  async #read(file: string, shared: SharedFiles): Promise<unknown> {
    const { files, options } = this.#request.definition;
    // The page has declared the files, or the config that determines them.
    if (files || options?.config) return undefined;
    const kept = await readKept(file, this.#request);
    return kept ? kept.json().catch(() => undefined) : shared.json(this.address + file);
  }
}

/** The common starts of the addresses of the model's files: first the one they are loaded from, then the other cache key. */
function addressesOf({ transformers, definition: { model, options = {} } }: PlanRequest): [string, ...string[]] {
  const [hub, local] = [modelAddress(transformers, model, options), localAddress(transformers, model)];
  return isLocalOnly(transformers, options) ? [local, hub] : [hub, local];
}

async function readKept(file: string, request: PlanRequest): Promise<Response | undefined> {
  return runtimeCacheOf(request.transformers)?.match(...addressesOf(request).map((address) => address + file));
}

/** Returns the files with their cache states; the same files without these if the cache does not respond in time. */
async function withCached(files: readonly PlanEntry[], request: PlanRequest): Promise<readonly PlanEntry[]> {
  if (!runtimeCacheOf(request.transformers)) return files;
  const mark = async (entry: PlanEntry): Promise<PlanEntry> => {
    // A state that the page has declared is not overwritten.
    return { ...entry, cached: entry.cached ?? (await readKept(entry.file, request)) !== undefined };
  };
  return withLimit(DEVICE_LIMIT, () => Promise.all(files.map(mark)), [request.signal]).catch(() => files);
}

/** Returns the files, with missing sizes taken from the listing; the same array if no size is missing or there is no listing. */
function withSizes(files: readonly PlanEntry[], listed: ReadonlyMap<string, KnownFile> | undefined): readonly PlanEntry[] {
  if (!listed || files.every(({ size }) => size !== undefined)) return files;
  return files.map((entry) => ({ ...entry, size: entry.size ?? listed.get(entry.file)?.size }));
}
