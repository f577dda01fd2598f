import {
  platformConnectivity,
  systemClock,
  type AggregateProgressInfo,
  type DownloadCaller,
  type DownloadFailure,
  type PlanEntry,
  type StateStorage,
} from '../core/index.js';
import { DownloadTask, epochNow, type DownloadQueue, type DownloadStates, type DownloadTaskOptions } from '../core/internal.js';
import type { DownloadHandle } from './download-handle.js';
import { requirePrefetchable } from './check-definition.js';
import type { ModelDefinition } from './model-definition.js';
import { createLoader } from './create-loader.js';
import type { AppFiles } from './device/app-files.js';
import { ModelFiles } from './device/model-files.js';
import type { ModelDownloadOptions } from './download-options.js';
import { watchSpeed } from './last-speed.js';
import { recordUse } from './last-use.js';
import type { StoragePlace } from './storage-place.js';
import type { LearnedConditions, LearnedPlans } from './learned-plans.js';
import { ModelMemory } from './model-memory.js';
import { storeVariant } from './store-variant.js';
import { createModelPrefetcher } from './transformers/model-prefetcher.js';
import { ModelTransfer, withPlatformFetch, type ModelLoader } from './loader/model-transfer.js';

/** The collaborators of a {@link LocalDownload}. */
export interface LocalDownloadContext {
  readonly options: ModelDownloadOptions;
  /** The stored files of the page or the worker. */
  readonly device: AppFiles;
  readonly states: DownloadStates;
  readonly learned: LearnedPlans;
  /** Where the time of a load is stored; `undefined` stores none, as in a worker, whose page stores it. */
  readonly storage?: StateStorage | undefined;
  /** The queue of all downloads of the page; `undefined` in a worker, whose page has the queue. */
  readonly queue?: DownloadQueue | undefined;
  /** Called before each load; if it throws, the load rejects with that error. */
  readonly beforeLoad?: ((modelKey: string) => void) | undefined;
  /** Whether the user can be asked to retry. Called at the start of each load. */
  readonly interactive: () => boolean;
}

/** The download of one model in this realm: its definition, its transfer, its load and its prefetch. */
export class LocalDownload implements DownloadHandle {
  readonly definition: ModelDefinition;
  /** Downloads the files; `undefined` if the runtime downloads them and only its events are used. */
  readonly transfer: ModelTransfer | undefined;

  readonly #modelKey: string;
  readonly #context: LocalDownloadContext;
  readonly #load: DownloadTask<unknown>;
  #prefetch: DownloadTask<void> | undefined;
  /** The task that was requested last. */
  #current: DownloadTask<unknown> | DownloadTask<void>;
  readonly #memory: ModelMemory;

  constructor(modelKey: string, definition: ModelDefinition, context: LocalDownloadContext) {
    const { transfer = true, transformers } = context.options;
    this.#modelKey = modelKey;
    this.definition = definition;
    this.#context = context;
    this.#memory = new ModelMemory(modelKey, definition, context);
    const names = (): readonly string[] | undefined => (this.aggregate?.files ?? this.#memory.plan)?.map(({ file }) => file);
    this.transfer = transfer ? new ModelTransfer(context.device, { modelKey, definition, names }) : undefined;
    this.#load = this.#createTask(createLoader(modelKey, definition, transformers, this.#memory), {});
    this.#current = this.#load;
  }

  /** Whether the transfer layer downloads the files, so that their bytes are stored. */
  get keepsBytes(): boolean {
    return this.transfer !== undefined;
  }

  /** Whether another tab downloads a file of the model while this one shows its progress. */
  get isFollowing(): boolean {
    return this.transfer?.isFollowing === true;
  }

  /** The files as of the last update; `undefined` before the first attempt. */
  get aggregate(): AggregateProgressInfo | undefined {
    return this.#current.aggregate;
  }

  /** The failure of the last task; `undefined` if it has not failed. */
  get failure(): DownloadFailure | undefined {
    return this.#current.failure;
  }

  /** The known conditions that determine the files of the model, and the addresses of missing files. */
  get planConditions(): LearnedConditions {
    return this.#memory.conditions;
  }

  /** Whether a load or a prefetch is running, or a load has succeeded. */
  get isRunning(): boolean {
    return this.#load.isRunning || this.#prefetch?.isRunning === true;
  }

  expect(files: readonly PlanEntry[] | undefined): void {
    this.#memory.expect(files);
  }

  load(caller: DownloadCaller): Promise<unknown> {
    return this.#measured(() => this.#loadModel(caller));
  }

  /** @throws TypeError for a model with its own loader, since only that loader determines the files. */
  async prefetch(caller: DownloadCaller): Promise<void> {
    await this.#measured(() => this.#prefetchModel(caller));
  }

  pause(): void {
    this.#current.pause();
  }

  resume(): void {
    this.#current.resume();
  }

  cancel(message?: string): void {
    this.#current.cancel(message);
  }

  retry(): void {
    // A prefetch that has ended begins as a new call, which removes it after its success.
    if (this.#current === this.#prefetch && !this.#current.isRunning) this.prefetch({}).catch(() => undefined);
    else this.#current.retry();
  }

  async restart(): Promise<void> {
    if (this.#current.isRunning) {
      await this.#current.restart();
      return;
    }
    if (!this.failure) return;
    await this.transfer?.discard();
    this.#context.states.deleteStored(this.#modelKey);
    this.retry();
  }

  /** Cancels the download and deletes its incomplete files. Resolves when the task has ended. */
  async release(): Promise<void> {
    // This begins first: a cancelled download stores its last bytes, and only one that runs can be discarded.
    const discarding = this.transfer?.discard();
    this.cancel();
    await discarding;
    await this.#current.settled();
  }

  suspend(): void {
    this.transfer?.suspend();
  }

  wake(): void {
    this.transfer?.wake();
  }

  /**
   * Runs a load or a prefetch. Stores its variant for the next visit, and its speed, from which the time of the next download is
   * estimated.
   */
  async #measured<T>(run: () => Promise<T>): Promise<T> {
    const stop = watchSpeed(this.#context.states, this.#modelKey, this.#place);
    const resumeReading = ModelFiles.pauseReading();
    const { variant } = this.definition;
    if (variant !== undefined) storeVariant(this.#place, this.#modelKey, variant);
    try {
      return await run();
    } finally {
      stop();
      resumeReading();
    }
  }

  async #loadModel(caller: DownloadCaller): Promise<unknown> {
    // The load finds the files of a running prefetch in the cache.
    if (this.#prefetch?.isRunning) await this.#prefetch.join(caller);
    this.#current = this.#load;
    const result = await this.#load.join(caller);
    this.#memory.store(this.aggregate);
    recordUse(this.#place, this.#modelKey, epochNow(this.#context.options.clock ?? systemClock));
    return result;
  }

  async #prefetchModel(caller: DownloadCaller): Promise<void> {
    const { definition, source } = requirePrefetchable(this.#modelKey, this.definition, this.#context.options.transformers);
    // A running load downloads all files.
    if (this.#load.isRunning) {
      await this.#load.join(caller);
      return;
    }
    this.#prefetch ??= this.#createTask(createModelPrefetcher(definition, source, this.#memory), { startsModel: false });
    this.#current = this.#prefetch;
    await this.#prefetch.join(caller);
    this.#memory.store(this.aggregate);
    this.#prefetch = undefined;
  }

  /** Where the facts of this download are stored for the next visits. */
  get #place(): StoragePlace {
    const { storage, options } = this.#context;
    return { storage, namespace: options.namespace };
  }

  #createTask<T>(load: ModelLoader<T>, settings: Pick<DownloadTaskOptions<T>, 'startsModel'>): DownloadTask<T> {
    const { options, states, queue, interactive, beforeLoad } = this.#context;
    return new DownloadTask<T>({
      ...options,
      ...settings,
      modelKey: this.#modelKey,
      modelName: this.definition.name ?? this.#modelKey,
      load: this.transfer ? this.transfer.wrap(load) : withPlatformFetch(load),
      transfer: this.transfer,
      plan: () => this.#memory.plan,
      states,
      queue,
      beforeLoad: () => beforeLoad?.(this.#modelKey),
      connectivity: platformConnectivity,
      // Read at the start of each load: the page may connect its elements between two of them.
      get interactive() {
        return interactive();
      },
    });
  }
}
