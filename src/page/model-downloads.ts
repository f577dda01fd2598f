import {
  addressAtHand,
  isTransformersModel,
  loadDeviceFiles,
  ownFiles,
  loaderOf,
  plannedCache,
  plannedSize,
  sourceOf,
  StoredPlans,
  type DownloadHandle,
  type ModelDefinition,
  type StoredModelOptions,
} from '../model/index.js';
import {
  ProgressStateManager,
  systemClock,
  type AggregateProgressInfo,
  type DownloadCaller,
  type DownloadState,
  type DownloadSummary,
  type PlanEntry,
} from '../core/index.js';
import { DownloadQueue, NO_ACTIONS } from '../core/internal.js';
import { DownloadOverview } from './download-overview.js';
import { askToPersist, browserStorage } from './browser-ports.js';
import { EventConnection } from './event-connection.js';
import { hasRoom } from './has-room.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';
import type { ModelEstimate } from './model-estimate.js';
import { ModelRegistry } from './model-registry.js';
import type { ModelStorage } from './model-storage.js';
import { watchLifecycle } from './page-lifecycle.js';
import { PauseChannel } from './pause-channel.js';
import { StoredModels } from './stored-models.js';
import { WorkerLinks, type ConnectWorkerOptions, type WorkerLink, type WorkerSource } from '../worker/index.js';

declare global {
  // As in the types of TypeScript's `esnext.disposable` and of Node: with neither, `using` must find it all the same.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

/**
 * The downloads of a page: one object that loads models, keeps their states and speaks to the elements.
 *
 * A model key has one writer in each document. When another `ModelDownloads` that defines the key is
 * connected to the document later, it takes the model over: a load of the earlier one ends like a
 * cancelled one, and a new load in it is rejected until the later one is disconnected or disposed.
 */
export class ModelDownloads {
  /** As `dispose()`, for `using`; `undefined` where neither the platform nor a polyfill has the symbol. */
  declare readonly [Symbol.dispose]: () => void;

  static {
    const { dispose } = Symbol as { dispose?: symbol };
    const value = function (this: ModelDownloads): void {
      this.dispose();
    };
    if (dispose) Object.defineProperty(this.prototype, dispose, { value });
  }

  readonly #options: ModelDownloadsOptions;
  readonly #states: ProgressStateManager;
  readonly #learned: StoredPlans;
  readonly #attention: DownloadOverview;
  readonly #models: ModelRegistry;
  readonly #downloads: ReadonlyMap<string, DownloadHandle>;
  readonly #links: ReadonlyMap<string, WorkerLink>;
  readonly #stored: StoredModels;
  readonly #workers: WorkerLinks;
  readonly #connections = new Set<EventConnection>();
  readonly #pauses: PauseChannel;
  readonly #unwatch: () => void;
  #isDisposed = false;

  /** @throws TypeError when a model's definition cannot be loaded by anything; RangeError when `concurrency` is not a number from 1 up. */
  constructor(options: ModelDownloadsOptions = {}) {
    const { clock = systemClock, namespace, storage: chosen = browserStorage(), models, manualAttempts = 3 } = options;
    const storage = chosen ?? undefined;
    this.#options = options;
    const queue = new DownloadQueue(options.concurrency);
    const mayPersist = (modelKey: string): boolean => !this.#downloads.get(modelKey)?.isFollowing && !this.#hasLost(modelKey);
    this.#states = new ProgressStateManager({ clock, namespace, storage, mayPersist });
    this.#attention = new DownloadOverview(options);
    this.#learned = new StoredPlans(storage, namespace);
    const shared = {
      states: this.#states,
      learned: this.#learned,
      queue,
      beforeLoad: (modelKey: string) => this.#throwIfLost(modelKey),
    };
    this.#models = new ModelRegistry(() => ({ ...shared, options, asks: this.#asks }));
    this.#downloads = this.#models.downloads;
    this.#links = this.#models.links;
    this.#stored = new StoredModels(this.#models, this.#learned, (modelKey, definition) => this.#storedModel(modelKey, definition));
    this.#workers = new WorkerLinks({
      ...{ ...shared, clock, namespace, manualAttempts },
      asks: () => this.#asks,
      adopt: (modelKey, definition, link) => {
        if (this.#links.get(modelKey) !== link) this.#adopt(modelKey, definition, link);
      },
      throwIfDisposed: () => this.#throwIfDisposed(),
    });
    this.#pauses = new PauseChannel(namespace, (modelKey, paused) => {
      const download = this.#downloads.get(modelKey);
      if (paused) download?.pause();
      else download?.resume();
    });
    this.#unwatch = watchLifecycle(
      () => this.#downloads.forEach((download) => download.suspend()),
      () => this.#downloads.forEach((download) => download.wake()),
    );
    try {
      if (models) this.define(models);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /**
   * Makes models known. One that an earlier visit left unfinished is `paused`, the others are
   * `idle`. A key that is defined already takes the new definition unless it is being loaded.
   *
   * @throws TypeError when a definition names neither a loader nor a task.
   */
  define(models: Readonly<Record<string, ModelDefinition>>): void {
    this.#throwIfDisposed();
    for (const [modelKey, definition] of Object.entries(models)) {
      loaderOf(modelKey, definition, this.#options.transformers);
      this.#adopt(modelKey, definition);
    }
  }

  /**
   * Makes the models of a worker, which calls `exposeDownloads`, models of this page: they are
   * downloaded and started there, and their state, actions and events are here. With a function
   * that starts a worker, one that has ended, or that cannot start models any more, is replaced by
   * a fresh one when the user retries; the models that it ran have to be loaded again then. `load()`
   * resolves with the worker in which the model is usable.
   *
   * Resolves with what lets go of the worker, as soon as its models are known.
   *
   * @throws DownloadFailure `runtime` when the worker cannot be started.
   */
  connectWorker(source: WorkerSource, options: ConnectWorkerOptions = {}): Promise<() => void> {
    return this.#workers.connect(source, options);
  }

  /**
   * Loads a model and resolves with it. Calls for one key share one load and one result; every
   * call's `onProgress` hears it, and its `signal` leaves that call only.
   *
   * @throws RangeError when the key was never defined; the cause once recovery is over; an
   * `AbortError` after a cancel; `InvalidStateError` while another `ModelDownloads` has taken the
   * model over.
   */
  async load<T = unknown>(modelKey: string, caller: DownloadCaller = {}): Promise<T> {
    const download = this.#downloadOf(modelKey);
    if (download.keepsBytes) void askToPersist();
    return (await download.load(caller)) as T;
  }

  /**
   * Downloads the files of a model into the cache of Transformers.js, and starts nothing: a later
   * load finds them, offline too. Progress, pause, retries and the rest are those of a load;
   * afterwards the download is `idle` and `cached`. A load that is under way is waited for instead.
   *
   * @throws RangeError when the key was never defined; TypeError for a model with a loader of its
   * own; DownloadFailure `unknown` where nothing tells which files the model has, and `quota` when
   * there is no room for them; otherwise as `load()`.
   */
  async prefetch(modelKey: string, caller: DownloadCaller = {}): Promise<void> {
    const download = this.#downloadOf(modelKey);
    void askToPersist();
    await download.prefetch(caller);
  }

  /**
   * How big a model is, whether it is on this device, and whether it fits, without downloading it.
   * The state of one that has not started tells it from then on. Imports Transformers.js, whose
   * settings say where the files are.
   *
   * @throws RangeError when the key was never defined; what the import of Transformers.js throws.
   */
  async estimate(modelKey: string): Promise<ModelEstimate> {
    const definition = this.#definitionOf(modelKey);
    const { transformers, namespace } = this.#options;
    const source = sourceOf(definition);
    const recall = (version: number, address: string | undefined): readonly PlanEntry[] | undefined =>
      this.#learned.recall(modelKey, source, { version, address });
    const link = this.#links.get(modelKey);
    const { estimateModel } = await loadDeviceFiles();
    const hasTransfer = this.#options.transfer !== false;
    const { files: found, cached, newer, cachedBytes, excludesRuntime } = link
      ? await link.estimate(modelKey, this.#learned.latest(modelKey, source))
      : await estimateModel({ definition, transformers, recall, hasTransfer, modelKey, namespace });
    const files = found ?? this.#planOf(modelKey, definition);
    this.#models.downloadOf(modelKey).expect(files);
    const size = plannedSize(files);
    const fits = await hasRoom(size, cached ? size : cachedBytes, this.#copies);
    this.#states.describeDownload(modelKey, { totalBytes: size, cached, cachedBytes, excludesRuntime, fits });
    return { size, cached, cachedBytes, excludesRuntime, newer, fits, files };
  }

  /** Closes the connections of a download at once, in every tab. Without effect where no transfer could stop. */
  pause(modelKey: string): void {
    this.#downloads.get(modelKey)?.pause();
    if (this.getState(modelKey)?.status === 'paused') this.#pauses.tell(modelKey, true);
  }

  /** Goes on with a paused download, of this visit or of an earlier one, with the bytes that are held. */
  resume(modelKey: string): void {
    if (this.getState(modelKey)?.status !== 'paused') return;
    const download = this.#downloads.get(modelKey);
    if (download?.isRunning) download.resume();
    else this.#start(modelKey);
    this.#pauses.tell(modelKey, false);
  }

  /**
   * Ends a download for every caller; what has come stays on this device. Without the transfer
   * layer the runtime may finish files it has begun.
   */
  cancel(modelKey: string, message?: string): void {
    const download = this.#downloads.get(modelKey);
    if (download?.isRunning) download.cancel(message);
    else this.#states.cancelDownload(modelKey, { can: { ...NO_ACTIONS, retry: true } });
  }

  /** Goes on at once where recovery waits or asks, and starts anew after a failure or a cancel. */
  retry(modelKey: string): void {
    if (this.#models.definitions.has(modelKey)) this.#models.downloadOf(modelKey).retry();
  }

  /**
   * Where recovery waits or asks, or a load has failed: deletes what this device has of the model,
   * in the cache of Transformers.js too, and loads it anew.
   */
  async restart(modelKey: string): Promise<void> {
    await this.#downloads.get(modelKey)?.restart();
  }

  /**
   * What each defined model occupies on this device: its files in the cache that Transformers.js
   * uses, those that a loader of its own wants kept, and what is held of unfinished ones. Imports
   * Transformers.js, whose settings say where the files are; for the models of a worker that does it.
   *
   * @throws what the import of Transformers.js throws; DownloadFailure `runtime` when a worker cannot be asked.
   */
  async storage(): Promise<readonly ModelStorage[]> {
    this.#throwIfDisposed();
    return this.#stored.measure();
  }

  /**
   * Deletes a model from this device, unfinished files included. One that is being downloaded is
   * cancelled first. A pipeline that the page holds goes on working. Imports what `storage()` imports.
   *
   * @throws as `storage()`.
   */
  async remove(modelKey: string): Promise<void> {
    this.#throwIfDisposed();
    if (await this.#stored.remove(modelKey)) this.#states.resetDownload(modelKey, { cached: false });
  }

  /** The state of a download; `undefined` for one that was never defined. */
  getState(modelKey: string): DownloadState | undefined {
    return this.#states.getState(modelKey);
  }

  /** The files behind a state; `undefined` before the first attempt. */
  getAggregate(modelKey: string): AggregateProgressInfo | undefined {
    return this.#downloads.get(modelKey)?.aggregate;
  }

  /**
   * All downloads that were asked for together, as one: from the first on while any is under way,
   * and as they ended until another is asked for.
   */
  get summary(): DownloadSummary {
    return this.#attention.summary;
  }

  /** Calls `listener` with each new state of a download. Returns what ends that. */
  subscribe(modelKey: string, listener: (state: DownloadState) => void): () => void {
    return this.#states.subscribe(modelKey, listener);
  }

  /**
   * Speaks the event protocol on `root` until the returned function is called. Takes the models of this object over from
   * every other `ModelDownloads` of the document, also one of another copy of the package, and gives them back in the end.
   *
   * @param root The page's `document` unless another is given. Without any, as on a server, nothing happens.
   * @throws DOMException `InvalidStateError` once this object was disposed.
   */
  connect(root: EventTarget | undefined = globalThis.document): () => void {
    this.#throwIfDisposed();
    // The types take for granted that a realm has a document.
    if (!(root as EventTarget | undefined)) return () => undefined;
    const connection = new EventConnection(root, {
      owner: this,
      getState: (key) => (this.#models.definitions.has(key) ? this.getState(key) : undefined),
      getStates: () => this.#attention.states,
      getAggregate: (key) => this.getAggregate(key),
      start: (key) => this.#start(key),
      // Somebody looks at a number that may be missing; a load says what is wrong.
      estimate: (key) => void this.estimate(key).catch(() => undefined),
      pause: (key) => this.pause(key),
      resume: (key) => this.resume(key),
      cancel: (key, message) => this.cancel(key, message),
      retry: (key) => this.retry(key),
      restart: (key) => void this.restart(key),
      lose: (key) => this.#downloads.get(key)?.cancel('Another ModelDownloads has taken the model over.'),
      chooseModel: this.#options.chooseModel,
    });
    this.#connections.add(connection);
    for (const state of this.#states.getStates()) connection.tell(state);
    return () => {
      this.#connections.delete(connection);
      connection.disconnect();
    };
  }

  /**
   * Ends every download as a caller's `signal` does: promises reject with an `AbortError`, and what is
   * held stays on this device. Then lets go of every root, worker, channel, listener and timer; a
   * worker goes on living. Afterwards `getState` and `summary` tell the last states, `pause`,
   * `resume`, `cancel`, `retry`, `restart`, `subscribe` and `dispose` do nothing, and every other
   * method fails with an `InvalidStateError`. Pipelines that the page holds go on working.
   *
   * It is `Symbol.dispose`, too, where the platform or a polyfill has that.
   */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#models.dispose('The ModelDownloads was disposed.');
    for (const connection of this.#connections) connection.disconnect();
    this.#connections.clear();
    this.#states.dispose();
    this.#workers.dispose();
    this.#attention.dispose();
    this.#pauses.close();
    this.#unwatch();
  }

  #adopt(modelKey: string, definition: ModelDefinition, link?: WorkerLink): void {
    if (this.#models.adopt(modelKey, definition, link)) this.#introduce(modelKey, definition);
  }

  #introduce(modelKey: string, definition: ModelDefinition): void {
    this.#states.subscribe(modelKey, (state) => {
      this.#attention.hear(state);
      for (const connection of this.#connections) connection.tell(state);
    });
    const { name: modelName = modelKey } = definition;
    const plan = this.#planOf(modelKey, definition);
    // What of the runtime a load fetches, an estimate finds out.
    const totalBytes = this.#countsRuntime(definition) ? undefined : plannedSize(plan);
    const cached = plannedCache(plan);
    const restored = this.#states.restoreState(modelKey, { modelName, totalBytes, cached });
    if (!restored) this.#states.defineDownload(modelKey, { modelName, totalBytes, cached });
    // A look that fails costs what it would have told.
    this.#lookAround(modelKey, definition, plan).catch(() => undefined);
  }

  /** Tells what can be known before a start: what is here already, and whether there is room for the rest. */
  async #lookAround(modelKey: string, definition: ModelDefinition, plan: readonly PlanEntry[] | undefined): Promise<void> {
    // What decides where the files of a worker's model are is not in this realm.
    const transformers = this.#links.has(modelKey) ? undefined : this.#options.transformers;
    const learned = this.#learned.latest(modelKey, sourceOf(definition))?.address;
    const cached = plannedCache(plan) ?? (plan && (await (await loadDeviceFiles()).isOnDevice(definition, plan, transformers, learned)));
    const size = plannedSize(plan);
    const fits = await hasRoom(size, cached ? size : undefined, this.#copies);
    // A load that has begun meanwhile knows better.
    if (this.#downloads.get(modelKey)?.isRunning) return;
    // The visit before ended between the last byte and the model that runs: there is nothing left to go on with.
    if (cached && this.getState(modelKey)?.status === 'paused') this.#states.resetDownload(modelKey, { cached });
    this.#states.describeDownload(modelKey, { cached, fits });
  }

  /** Whether the total of a load has the file of the ONNX Runtime in it. */
  #countsRuntime(definition: ModelDefinition): boolean {
    return isTransformersModel(definition) && this.#options.transfer !== false;
  }

  /** How often a byte is on the disk while it comes: in a segment, and in the runtime's own copy of the file. */
  get #copies(): number {
    return this.#options.transfer === false ? 1 : 2;
  }

  #planOf(modelKey: string, definition: ModelDefinition): readonly PlanEntry[] | undefined {
    const address = addressAtHand(definition, this.#links.has(modelKey) ? undefined : this.#options.transformers);
    const learned = this.#learned.recall(modelKey, sourceOf(definition), { address });
    return definition.files ?? (learned && ownFiles(learned));
  }

  #storedModel(modelKey: string, definition: ModelDefinition): StoredModelOptions {
    const { transformers, namespace } = this.#options;
    const names = this.#planOf(modelKey, definition)?.map(({ file }) => file);
    return { modelKey, definition, transformers, namespace, names };
  }

  #start(modelKey: string): void {
    // The page may not wait for this load; its state says how it ends.
    if (!this.#downloads.get(modelKey)?.isRunning) this.load(modelKey).catch(() => undefined);
  }

  #definitionOf(modelKey: string): ModelDefinition {
    this.#throwIfDisposed();
    return this.#models.definitionOf(modelKey);
  }

  #downloadOf(modelKey: string): DownloadHandle {
    this.#throwIfDisposed();
    return this.#models.downloadOf(modelKey);
  }

  #hasLost(modelKey: string): boolean {
    return [...this.#connections].some((connection) => connection.hasLost(modelKey));
  }

  /** @throws DOMException `InvalidStateError` where this object must not load the model. */
  #throwIfLost(modelKey: string): void {
    this.#throwIfDisposed();
    if (!this.#hasLost(modelKey)) return;
    throw new DOMException(`Another ModelDownloads, connected to the document later, loads "${modelKey}"`, 'InvalidStateError');
  }

  #throwIfDisposed(): void {
    if (this.#isDisposed) throw new DOMException('The ModelDownloads was disposed', 'InvalidStateError');
  }

  /** Whether somebody is there to be asked. */
  get #asks(): boolean {
    const { recovery } = this.#options;
    return recovery ? recovery === 'ask' : this.#connections.size > 0;
  }
}
