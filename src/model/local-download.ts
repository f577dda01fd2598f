import {
  platformConnectivity,
  type AggregateProgressInfo,
  type DownloadCaller,
  type DownloadFailure,
  type PlanEntry,
  type ProgressStateManager,
} from '../core/index.js';
import { DownloadTask, type DownloadQueue, type DownloadTaskOptions } from '../core/internal.js';
import { addressAtHand } from './address-at-hand.js';
import type { DownloadHandle } from './download-handle.js';
import { isTransformersModel, ownFiles, sourceOf, type ModelDefinition } from './model-definition.js';
import { loaderOf } from './loader-of.js';
import type { ModelDownloadOptions } from './download-options.js';
import type { LearnedPlans, PlanConditions } from './learned-plans.js';
import type { RecallPlan } from './transformers/plan/find-plan.js';
import { createModelPrefetcher } from './transformers/model-prefetcher.js';
import { ModelTransfer, withPlatformFetch, type ModelLoader } from './loader/model-transfer.js';

/** What one model is downloaded with. */
export interface LocalDownloadContext {
  readonly options: ModelDownloadOptions;
  readonly states: ProgressStateManager;
  readonly learned: LearnedPlans;
  /** Whose turn it is, where not all downloads may run at once; `undefined` where another realm says so. */
  readonly queue?: DownloadQueue | undefined;
  /** Called before each load; what it throws, the load is rejected with. */
  readonly beforeLoad?: ((modelKey: string) => void) | undefined;
  /** Whether somebody is there to be asked. */
  readonly interactive: boolean;
}

/** One model with all that belongs to it: its definition, what carries its bytes, its load and its prefetch. */
export class LocalDownload implements DownloadHandle {
  readonly definition: ModelDefinition;
  /** What carries the bytes; `undefined` where only the events of the runtime tell of them. */
  readonly transfer: ModelTransfer | undefined;

  readonly #modelKey: string;
  readonly #context: LocalDownloadContext;
  readonly #load: DownloadTask<unknown>;
  /** What a load would ask for, by the last estimate; `undefined` without one. */
  #estimated: readonly PlanEntry[] | undefined;
  #prefetch: DownloadTask<void> | undefined;
  /** The task that was asked for last. */
  #current: DownloadTask<unknown> | DownloadTask<void>;
  /** The version of Transformers.js that loads it, as soon as a load has found out. */
  #version: number | undefined;

  readonly #recall: RecallPlan = (version) => {
    this.#version = version;
    // What an estimate has found for this module is what this load needs.
    if (this.#estimated) return this.#estimated;
    return this.#context.learned.recall(this.#modelKey, sourceOf(this.definition), this.learnedBy);
  };

  constructor(modelKey: string, definition: ModelDefinition, context: LocalDownloadContext) {
    const { namespace, clock, verify, transfer = true, transformers } = context.options;
    this.#modelKey = modelKey;
    this.definition = definition;
    this.#context = context;
    const fileNames = definition.files?.map(({ file }) => file);
    const forget = (): Promise<void> => this.#forget();
    this.transfer = transfer ? new ModelTransfer({ namespace, clock, verify, modelKey, fileNames, forget }) : undefined;
    this.#load = this.#task(loaderOf(modelKey, definition, transformers, this.#recall), {});
    this.#current = this.#load;
  }

  /** Whether something carries the bytes, which then outlive the page. */
  get keepsBytes(): boolean {
    return this.transfer !== undefined;
  }

  /** Whether another tab downloads a file of the model, and this one shows its progress. */
  get isFollowing(): boolean {
    return this.transfer?.isFollowing === true;
  }

  /** The files as of the last update; `undefined` before the first attempt. */
  get aggregate(): AggregateProgressInfo | undefined {
    return this.#current.aggregate;
  }

  /** Why what was asked for last has failed; `undefined` while it has not. */
  get failure(): DownloadFailure | undefined {
    return this.#current.failure;
  }

  /** What decides, beside the definition, which files it has, as far as that is known. */
  get learnedBy(): PlanConditions {
    return { version: this.#version, address: addressAtHand(this.definition, this.#context.options.transformers) };
  }

  /** Whether a load or a prefetch is under way, or a load has succeeded. */
  get isRunning(): boolean {
    return this.#load.isRunning || this.#prefetch?.isRunning === true;
  }

  expect(files: readonly PlanEntry[] | undefined): void {
    this.#estimated = files;
  }

  async load(caller: DownloadCaller): Promise<unknown> {
    // What it brings need not come again.
    if (this.#prefetch) await this.#prefetch.join(caller);
    this.#current = this.#load;
    const result = await this.#load.join(caller);
    this.#learn();
    return result;
  }

  /** @throws TypeError for a model with a loader of its own, whose files only that one knows. */
  async prefetch(caller: DownloadCaller): Promise<void> {
    const { definition } = this;
    const { transformers } = this.#context.options;
    if (!isTransformersModel(definition) || !transformers) {
      throw new TypeError(`Model "${this.#modelKey}" has a loader of its own: only that knows its files`);
    }
    // A load brings everything.
    if (this.#load.isRunning) {
      await this.#load.join(caller);
      return;
    }
    this.#prefetch ??= this.#task(createModelPrefetcher(definition, transformers, this.#recall), { startsModel: false });
    this.#current = this.#prefetch;
    await this.#prefetch.join(caller);
    this.#learn();
    this.#prefetch = undefined;
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
    this.#current.retry();
  }

  async restart(): Promise<void> {
    if (this.#current.isRunning) {
      await this.#current.restart();
      return;
    }
    if (!this.failure) return;
    await this.transfer?.discard();
    this.#current.retry();
  }

  /** Ends what is under way and drops what is held of unfinished files. Resolves when nothing is under way. */
  async release(): Promise<void> {
    await this.transfer?.discard();
    this.cancel();
    await this.#current.settled();
  }

  suspend(): void {
    this.transfer?.suspend();
  }

  wake(): void {
    this.transfer?.wake();
  }

  #learn(): void {
    const { aggregate } = this;
    if (aggregate) this.#context.learned.learn(this.#modelKey, sourceOf(this.definition), aggregate, this.learnedBy);
  }

  #task<T>(load: ModelLoader<T>, settings: Pick<DownloadTaskOptions<T>, 'startsModel'>): DownloadTask<T> {
    const { options, states, queue, interactive, beforeLoad } = this.#context;
    return new DownloadTask<T>({
      ...options,
      ...settings,
      modelKey: this.#modelKey,
      modelName: this.definition.name ?? this.#modelKey,
      load: this.transfer ? this.transfer.wrap(load) : withPlatformFetch(load),
      transfer: this.transfer,
      plan: () => this.#plan(),
      states,
      queue,
      beforeLoad: () => beforeLoad?.(this.#modelKey),
      connectivity: platformConnectivity,
      interactive,
    });
  }

  /** What is known before the loader has looked. */
  #plan(): readonly PlanEntry[] | undefined {
    if (this.#estimated) return this.#estimated;
    // The version is known once the loader has looked.
    const { address } = this.learnedBy;
    const learned = this.#context.learned.recall(this.#modelKey, sourceOf(this.definition), { address });
    return this.definition.files ?? (learned && ownFiles(learned));
  }

  /** Deletes what this device has of the model. */
  async #forget(): Promise<void> {
    const { removeStored } = await import('./device/device-files.js');
    const { definition } = this;
    const { transformers, namespace } = this.#context.options;
    const names = (this.aggregate?.files ?? this.#plan() ?? []).map(({ file }) => file);
    await removeStored({ modelKey: this.#modelKey, definition, transformers, namespace, names });
  }
}
