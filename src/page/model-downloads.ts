import type { ModelDefinition } from '../model/index.js';
import type { AggregateProgressInfo, DownloadCaller, DownloadState, DownloadSummary } from '../core/index.js';
import { addDisposeSymbol } from './dispose-symbol.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';
import type { ModelEstimate } from './model-estimate.js';
import type { ModelStorage } from './model-storage.js';
import { PageDownloads } from './page-downloads.js';
import type { WorkerSource } from '../worker/index.js';
import type { ConnectWorkerOptions } from '../worker/index.js';

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
    addDisposeSymbol(this.prototype);
  }

  readonly #parts: PageDownloads;

  /** @throws TypeError when a model's definition cannot be loaded by anything; RangeError when `concurrency` is not a number from 1 up. */
  constructor(options: ModelDownloadsOptions = {}) {
    this.#parts = new PageDownloads(this, options);
    try {
      if (options.models) this.define(options.models);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /**
   * Makes models known. One that an earlier visit left unfinished is `paused`, the others are `idle`. A key that is defined
   * already takes the new definition unless it is being loaded.
   *
   * @throws TypeError when a definition names neither a loader nor a task.
   */
  define(models: Readonly<Record<string, ModelDefinition>>): void {
    this.#parts.define(models);
  }

  /**
   * Makes the models of a worker, which calls `exposeDownloads`, models of this page: they are downloaded and started there,
   * and their state, actions and events are here. With a function that starts a worker, one that has ended, or that cannot
   * start models any more, is replaced by a fresh one when the user retries; the models that it ran have to be loaded again
   * then. `load()` resolves with the worker in which the model is usable.
   *
   * Resolves with what lets go of the worker, as soon as its models are known.
   *
   * @throws DownloadFailure `runtime` when the worker cannot be started.
   */
  connectWorker(source: WorkerSource, options: ConnectWorkerOptions = {}): Promise<() => void> {
    return this.#parts.workers.connect(source, options);
  }

  /**
   * Loads a model and resolves with it. Calls for one key share one load and one result; every call's `onProgress` hears it,
   * and its `signal` leaves that call only.
   *
   * @throws RangeError when the key was never defined; the cause once recovery is over; an `AbortError` after a cancel;
   * `InvalidStateError` while another `ModelDownloads` has taken the model over.
   */
  async load<T = unknown>(modelKey: string, caller: DownloadCaller = {}): Promise<T> {
    return (await this.#parts.controls.load(modelKey, caller)) as T;
  }

  /**
   * Downloads the files of a model into the cache of Transformers.js, and starts nothing: a later load finds them, offline
   * too. Progress, pause, retries and the rest are those of a load; afterwards the download is `idle` and `cached`. A load
   * that is under way is waited for instead.
   *
   * @throws RangeError when the key was never defined; TypeError for a model with a loader of its own; DownloadFailure
   * `unknown` where nothing tells which files the model has, and `quota` when there is no room for them; otherwise as
   * `load()`.
   */
  async prefetch(modelKey: string, caller: DownloadCaller = {}): Promise<void> {
    await this.#parts.controls.prefetch(modelKey, caller);
  }

  /**
   * How big a model is, whether it is on this device, and whether it fits, without downloading it. The state of one that has
   * not started tells it from then on. Imports Transformers.js, whose settings say where the files are.
   *
   * @throws RangeError when the key was never defined; what the import of Transformers.js throws.
   */
  async estimate(modelKey: string): Promise<ModelEstimate> {
    return this.#parts.previews.estimate(modelKey);
  }

  /** Closes the connections of a download at once, in every tab. Without effect where no transfer could stop. */
  pause(modelKey: string): void {
    this.#parts.controls.pause(modelKey);
  }

  /** Goes on with a paused download, of this visit or of an earlier one, with the bytes that are held. */
  resume(modelKey: string): void {
    this.#parts.controls.resume(modelKey);
  }

  /**
   * Ends a download for every caller; the bytes so far stay on this device. Without the transfer layer the runtime may finish
   * files it has begun.
   */
  cancel(modelKey: string, message?: string): void {
    this.#parts.controls.cancel(modelKey, message);
  }

  /** Goes on at once where recovery waits or asks, and starts anew after a failure or a cancel. */
  retry(modelKey: string): void {
    this.#parts.controls.retry(modelKey);
  }

  /**
   * Where recovery waits or asks, or a load has failed: deletes what this device has of the model, in the cache of
   * Transformers.js too, and loads it anew.
   */
  restart(modelKey: string): Promise<void> {
    return this.#parts.controls.restart(modelKey);
  }

  /**
   * What each defined model occupies on this device: its files in the cache that Transformers.js uses, those that a loader
   * of its own wants kept, and what is held of unfinished ones. Imports Transformers.js, whose settings say where the files
   * are; for the models of a worker that does it.
   *
   * @throws what the import of Transformers.js throws; DownloadFailure `runtime` when a worker cannot be asked.
   */
  async storage(): Promise<readonly ModelStorage[]> {
    this.#parts.models.throwIfDisposed();
    return this.#parts.stored.measure();
  }

  /**
   * Deletes a model from this device, unfinished files included. One that is being downloaded is cancelled first. A pipeline
   * that the page holds goes on working. Imports what `storage()` imports.
   *
   * @throws as `storage()`.
   */
  async remove(modelKey: string): Promise<void> {
    this.#parts.models.throwIfDisposed();
    if (await this.#parts.stored.remove(modelKey)) this.#parts.states.resetDownload(modelKey, { cached: false });
  }

  /** The state of a download; `undefined` for one that was never defined. */
  getState(modelKey: string): DownloadState | undefined {
    return this.#parts.states.getState(modelKey);
  }

  /** The files behind a state; `undefined` before the first attempt. */
  getAggregate(modelKey: string): AggregateProgressInfo | undefined {
    return this.#parts.aggregateOf(modelKey);
  }

  /**
   * All downloads that were asked for together, as one: from the first on while any is under way, and as they ended until
   * another is asked for.
   */
  get summary(): DownloadSummary {
    return this.#parts.attention.summary;
  }

  /** Calls `listener` with each new state of a download. Returns what ends that. */
  subscribe(modelKey: string, listener: (state: DownloadState) => void): () => void {
    return this.#parts.states.subscribe(modelKey, listener);
  }

  /**
   * Speaks the event protocol on `root` until the returned function is called. Takes the models of this object over from
   * every other `ModelDownloads` of the document, also one of another copy of the package, and gives them back in the end.
   *
   * @param root The page's `document` unless another is given. Without any, as on a server, nothing happens.
   * @throws DOMException `InvalidStateError` once this object was disposed.
   */
  connect(root: EventTarget | undefined = globalThis.document): () => void {
    this.#parts.models.throwIfDisposed();
    // The types take for granted that a realm has a document.
    if (!(root as EventTarget | undefined)) return () => undefined;
    return this.#parts.connections.connect(root, this.#parts.states.getStates());
  }

  /**
   * Ends every download as a caller's `signal` does: promises reject with an `AbortError`, and what is held stays on this
   * device. Then lets go of every root, worker, channel, listener and timer; a worker goes on living. Afterwards `getState`
   * and `summary` tell the last states, `pause`, `resume`, `cancel`, `retry`, `restart`, `subscribe` and `dispose` do
   * nothing, and every other method fails with an `InvalidStateError`. Pipelines that the page holds go on working.
   *
   * It is `Symbol.dispose`, too, where the platform or a polyfill has that.
   */
  dispose(): void {
    this.#parts.dispose();
  }
}
