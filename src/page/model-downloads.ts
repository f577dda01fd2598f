import type { TransformersSource } from '../adapters/index.js';
import {
  DownloadTask,
  NO_ACTIONS,
  ProgressStateManager,
  type AggregateProgressInfo,
  type Clock,
  type DownloadCaller,
  type DownloadState,
  type RetryPolicyOptions,
  type StateStorage,
} from '../core/index.js';
import { browserConnectivity, browserStorage, fitsOnDevice } from './browser-ports.js';
import { EventConnection } from './event-connection.js';
import { loaderOf, plannedCache, plannedSize, type ModelDefinition } from './model-definition.js';

/** Settings of {@link ModelDownloads}. */
export interface ModelDownloadsOptions extends RetryPolicyOptions {
  /** Models to define at once. */
  readonly models?: Readonly<Record<string, ModelDefinition>> | undefined;
  /** The module of Transformers.js, or a function that imports it; needed by models that name a task. */
  readonly transformers?: TransformersSource | undefined;
  /** Keeps the stored names of several apps on one origin apart. Default: none. */
  readonly namespace?: string | undefined;
  /** Where states outlive the page. Default `localStorage`; `null` keeps nothing. */
  readonly storage?: StateStorage | null | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
  /**
   * What follows the automatic retries: `ask` waits for the user, `automatic` rejects. Default:
   * `ask` for loads that begin while the object is connected to a document, `automatic` otherwise.
   */
  readonly recovery?: 'ask' | 'automatic' | undefined;
  /** Silence, in ms, after which a download counts as stalled. Default 5,000. */
  readonly stallAfter?: number | undefined;
}

/** The downloads of a page: one object that loads models, keeps their states and speaks to the elements. */
export class ModelDownloads {
  readonly #options: ModelDownloadsOptions;
  readonly #states: ProgressStateManager;
  readonly #tasks = new Map<string, DownloadTask<unknown>>();
  readonly #definitions = new Map<string, ModelDefinition>();
  readonly #connections = new Set<EventConnection>();

  /** @throws TypeError when a model's definition cannot be loaded by anything. */
  constructor(options: ModelDownloadsOptions = {}) {
    const { clock, namespace, storage = browserStorage(), models } = options;
    this.#options = options;
    this.#states = new ProgressStateManager({ clock, namespace, storage: storage ?? undefined });
    if (models) this.define(models);
  }

  /**
   * Makes models known. One that an earlier visit left unfinished is `paused`, the others are
   * `idle`. A key that is defined already takes the new definition unless it is being loaded.
   *
   * @throws TypeError when a definition names neither a loader nor a task.
   */
  define(models: Readonly<Record<string, ModelDefinition>>): void {
    for (const [modelKey, definition] of Object.entries(models)) {
      loaderOf(modelKey, definition, this.#options.transformers);
      if (this.#tasks.get(modelKey)?.isRunning) continue;
      const isNew = !this.#definitions.has(modelKey);
      this.#definitions.set(modelKey, definition);
      this.#tasks.delete(modelKey);
      if (isNew) this.#introduce(modelKey, definition);
    }
  }

  /**
   * Loads a model and resolves with it. Calls for one key share one load and one result; every
   * call's `onProgress` hears it, and its `signal` leaves that call only.
   *
   * @throws RangeError when the key was never defined; the cause once recovery is over; an
   * `AbortError` after a cancel.
   */
  async load<T = unknown>(modelKey: string, caller: DownloadCaller = {}): Promise<T> {
    return (await this.#taskOf(modelKey).join(caller)) as T;
  }

  /** Ends a download for every caller. Without the transfer layer the runtime may finish files it has begun. */
  cancel(modelKey: string, message?: string): void {
    const task = this.#tasks.get(modelKey);
    if (task?.isRunning) task.cancel(message);
    else this.#states.cancelDownload(modelKey, { can: { ...NO_ACTIONS, retry: true } });
  }

  /** Goes on at once where recovery waits or asks, and starts anew after a failure or a cancel. */
  retry(modelKey: string): void {
    if (this.#definitions.has(modelKey)) this.#taskOf(modelKey).retry();
  }

  /** Goes on with a download that an earlier visit left. */
  resume(modelKey: string): void {
    if (this.#states.getState(modelKey)?.status === 'paused') this.#start(modelKey);
  }

  /** The state of a download; `undefined` for one that was never defined. */
  getState(modelKey: string): DownloadState | undefined {
    return this.#states.getState(modelKey);
  }

  /** The files behind a state; `undefined` before the first attempt. */
  getAggregate(modelKey: string): AggregateProgressInfo | undefined {
    return this.#tasks.get(modelKey)?.aggregate;
  }

  /** Calls `listener` with each new state of a download. Returns what ends that. */
  subscribe(modelKey: string, listener: (state: DownloadState) => void): () => void {
    return this.#states.subscribe(modelKey, listener);
  }

  /** Speaks the event protocol on `root`, usually `document`, until the returned function is called. */
  connect(root: EventTarget): () => void {
    const connection = new EventConnection(root, {
      getState: (key) => (this.#definitions.has(key) ? this.getState(key) : undefined),
      getAggregate: (key) => this.getAggregate(key),
      start: (key) => this.#start(key),
      resume: (key) => this.resume(key),
      cancel: (key, message) => this.cancel(key, message),
      retry: (key) => this.retry(key),
      restart: (key) => void this.#tasks.get(key)?.restart(),
    });
    this.#connections.add(connection);
    for (const state of this.#states.getStates()) connection.tell(state);
    return () => {
      this.#connections.delete(connection);
      connection.disconnect();
    };
  }

  #introduce(modelKey: string, { name: modelName = modelKey, files }: ModelDefinition): void {
    this.#states.subscribe(modelKey, (state) => {
      for (const connection of this.#connections) connection.tell(state);
    });
    const totalBytes = plannedSize(files);
    const cached = plannedCache(files);
    if (this.#states.restoreState(modelKey, { modelName, totalBytes, cached })) return;
    this.#states.defineDownload(modelKey, { modelName, totalBytes, cached });
    if (totalBytes !== undefined && cached !== true) void this.#tellWhetherItFits(modelKey, totalBytes);
  }

  async #tellWhetherItFits(modelKey: string, totalBytes: number): Promise<void> {
    const fits = await fitsOnDevice(totalBytes);
    this.#states.describeDownload(modelKey, { fits });
  }

  #start(modelKey: string): void {
    // The page may not wait for this load; its state says how it ends.
    if (!this.#tasks.get(modelKey)?.isRunning) this.load(modelKey).catch(() => undefined);
  }

  #taskOf(modelKey: string): DownloadTask<unknown> {
    const definition = this.#definitions.get(modelKey);
    if (!definition) throw new RangeError(`No model is defined as "${modelKey}"`);
    let task = this.#tasks.get(modelKey);
    if (!task) this.#tasks.set(modelKey, (task = this.#createTask(modelKey, definition)));
    return task;
  }

  #createTask(modelKey: string, definition: ModelDefinition): DownloadTask<unknown> {
    const { transformers, recovery } = this.#options;
    return new DownloadTask({
      ...this.#options,
      modelKey,
      modelName: definition.name ?? modelKey,
      load: loaderOf(modelKey, definition, transformers),
      plan: definition.files,
      states: this.#states,
      connectivity: browserConnectivity,
      asks: recovery ? recovery === 'ask' : this.#connections.size > 0,
    });
  }
}
