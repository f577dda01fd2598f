import { createModelPrefetcher, ModelTransfer, withPlatformFetch, type ModelLoader, type RecallPlan } from '../adapters/index.js';
import {
  DownloadTask,
  platformConnectivity,
  type AggregateProgressInfo,
  type DownloadCaller,
  type DownloadQueue,
  type DownloadTaskOptions,
  type PlanEntry,
  type ProgressStateManager,
} from '../core/index.js';
import type { LearnedFiles } from './learned-files.js';
import { isTransformersModel, loaderOf, sourceOf, type ModelDefinition } from './model-definition.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';

/** What one model is downloaded with. */
export interface ModelDownloadContext {
  readonly options: ModelDownloadsOptions;
  readonly states: ProgressStateManager;
  readonly learned: LearnedFiles;
  readonly queue: DownloadQueue;
  /** Whether somebody is there to be asked. */
  readonly asks: boolean;
}

/** One model with all that belongs to it: its definition, what carries its bytes, its load and its prefetch. */
export class ModelDownload {
  readonly definition: ModelDefinition;
  /** What carries the bytes; `undefined` where only the events of the runtime tell of them. */
  readonly transfer: ModelTransfer | undefined;

  readonly #modelKey: string;
  readonly #context: ModelDownloadContext;
  readonly #load: DownloadTask<unknown>;
  #prefetch: DownloadTask<void> | undefined;
  /** The task that was asked for last. */
  #current: DownloadTask<unknown> | DownloadTask<void>;
  /** The version of Transformers.js that loads it, as soon as a load has found out. */
  #version: number | undefined;

  readonly #recall: RecallPlan = (version) => {
    this.#version = version;
    return this.#context.learned.recall(this.#modelKey, sourceOf(this.definition), version);
  };

  constructor(modelKey: string, definition: ModelDefinition, context: ModelDownloadContext) {
    const { namespace, clock, verify, transfer = true, transformers } = context.options;
    this.#modelKey = modelKey;
    this.definition = definition;
    this.#context = context;
    this.transfer = transfer ? new ModelTransfer({ namespace, clock, verify }) : undefined;
    this.#load = this.#task(loaderOf(modelKey, definition, transformers, this.#recall), {});
    this.#current = this.#load;
  }

  /** The files as of the last update; `undefined` before the first attempt. */
  get aggregate(): AggregateProgressInfo | undefined {
    return this.#current.aggregate;
  }

  /** Whether a load or a prefetch is under way, or a load has succeeded. */
  get isRunning(): boolean {
    return this.#load.isRunning || this.#prefetch?.isRunning === true;
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
    this.#prefetch ??= this.#task(createModelPrefetcher(definition, transformers, this.#recall), { usable: false });
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
    await this.#current.restart();
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#current.settled();
  }

  #learn(): void {
    const { aggregate } = this;
    if (aggregate) this.#context.learned.learn(this.#modelKey, sourceOf(this.definition), aggregate, this.#version);
  }

  #task<T>(load: ModelLoader<T>, settings: Pick<DownloadTaskOptions<T>, 'usable'>): DownloadTask<T> {
    const { options, states, queue, asks } = this.#context;
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
      connectivity: platformConnectivity,
      asks,
    });
  }

  /** What is known before the loader has looked. */
  #plan(): readonly PlanEntry[] | undefined {
    return this.definition.files ?? this.#context.learned.recall(this.#modelKey, sourceOf(this.definition));
  }
}
