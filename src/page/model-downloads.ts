// The declarations need the symbol also in projects whose `lib` lacks it.
/// <reference lib="esnext.disposable" preserve="true" />
import type { ModelDefinition } from '../model/index.js';
import type { AggregateProgressInfo, DownloadCaller, DownloadState, DownloadSummary } from '../core/index.js';
import { check } from '../core/internal.js';
import { addDisposeSymbol } from './dispose-symbol.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';
import type { ModelEstimate } from './model-estimate.js';
import { PageDownloads } from './page-downloads.js';
import type { StorageReport } from '../protocol/index.js';
import type { ConnectWorkerOptions, WorkerSource } from '../worker/index.js';

/**
 * Manages the model downloads of a page: loads models, stores their states, and handles the events of the elements.
 *
 * A model key has one writer in each document. If another `ModelDownloads` with the same key is connected to the document later, it
 * takes the model over. A load of the earlier object is then cancelled, and its new loads are rejected until the later object is
 * disconnected or disposed.
 */
export class ModelDownloads {
  /** The same as `dispose()`, for `using`; `undefined` if neither the platform nor a polyfill has the symbol. */
  declare readonly [Symbol.dispose]: () => void;

  static {
    addDisposeSymbol(this.prototype);
  }

  readonly #parts: PageDownloads;

  /** @throws TypeError when an option has a wrong type, or a definition neither a loader nor a task; RangeError for a wrong value. */
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
   * Defines models. A model with an unfinished download of an earlier visit is `paused`, the others are `idle`. An existing
   * key gets the new definition unless the model is loading or loaded in this page.
   *
   * @throws TypeError when a definition has neither a loader nor a task.
   */
  define(models: Readonly<Record<string, ModelDefinition>>): void {
    this.#parts.define(models);
  }

  /**
   * Adds the models of a worker that calls `exposeDownloads`. The worker downloads and starts them; this object has their
   * states, actions and events. `load()` resolves with the worker that runs the model.
   *
   * With a function that creates a worker, a retry by the user replaces a worker that has ended or cannot start models. The
   * models of the old worker must be loaded again.
   *
   * Resolves with a function that disconnects the worker, as soon as its models are known.
   *
   * @throws TypeError when `source` or an option has a wrong type, or the function does not return a worker; RangeError for a size
   * below 0; DOMException `DataCloneError` when a model cannot be cloned; DownloadFailure `runtime` when the worker cannot be started.
   */
  connectWorker(source: WorkerSource, options: ConnectWorkerOptions = {}): Promise<() => void> {
    return this.#parts.workers.connect(source, options);
  }

  /**
   * Loads a model and resolves with it. Calls for one key share one load and one result; each call's `onProgress`
   * receives the progress. Aborting a call's `signal` detaches only that call.
   *
   * The first load imports the engine, the chunk of this package that downloads and loads models.
   *
   * @throws RangeError when the key is not defined; DownloadFailure `network` or `offline` when the engine cannot be imported;
   * the cause when recovery ends; an `AbortError` after a cancel; `InvalidStateError` while another `ModelDownloads` is the
   * writer of the model.
   */
  async load<T = unknown>(modelKey: string, caller: DownloadCaller = {}): Promise<T> {
    return (await this.#parts.controls.load(modelKey, caller)) as T;
  }

  /**
   * Downloads the files of a model into the cache of Transformers.js without starting the model. A later load works offline.
   * Progress, pause and retries are those of a load. Afterwards the state is `idle` and `cached`. If a load is active,
   * `prefetch()` waits for it.
   *
   * @throws RangeError when the key is not defined; TypeError for a model with its own loader; DownloadFailure `unknown` when
   * the files of the model are unknown, and `quota` when the device has no space for them; otherwise as `load()`.
   */
  async prefetch(modelKey: string, caller: DownloadCaller = {}): Promise<void> {
    await this.#parts.controls.prefetch(modelKey, caller);
  }

  /**
   * Returns the size of a model, and whether it is on this device and fits, without a download. The state of a model that has
   * not started gets the same values. Imports the engine, and Transformers.js, whose settings contain the location of the
   * files.
   *
   * @throws RangeError when the key is not defined; the error of an import.
   */
  async estimate(modelKey: string): Promise<ModelEstimate> {
    return this.#parts.estimate(modelKey);
  }

  /**
   * Chooses a variant of a model, as a `model-download-start-request` with a `variant` does. The next loads use it, also on later
   * visits. Has no effect for a model that is loading or loaded, and for an unknown variant.
   *
   * @throws RangeError when the key is not defined; the error of an import.
   */
  chooseVariant(modelKey: string, variant: string): Promise<void> {
    return this.#parts.choose(modelKey, variant);
  }

  /**
   * Pauses the downloads of a model in every tab, even if it is idle in this tab, and closes their connections immediately. A pause
   * before the first request for a file takes effect with that request. Has no effect without the transfer layer.
   *
   * @throws RangeError when the key is not defined; the same applies to every action below.
   */
  pause(modelKey: string): void {
    this.#parts.models.requireKey(modelKey);
    this.#parts.controls.pause(modelKey);
  }

  /** Resumes a paused download of this or an earlier visit from the stored bytes, and the paused downloads of the model in other tabs. */
  resume(modelKey: string): void {
    this.#parts.models.requireKey(modelKey);
    this.#parts.controls.resume(modelKey);
  }

  /**
   * Cancels a download for every caller. The downloaded bytes stay on this device. Without the transfer layer the runtime can
   * finish files that it has started.
   */
  cancel(modelKey: string, message?: string): void {
    this.#parts.models.requireKey(modelKey);
    this.#parts.controls.cancel(modelKey, message);
  }

  /** Starts the next attempt at once while recovery waits, or a new load after a failure or a cancel. */
  retry(modelKey: string): void {
    this.#parts.models.requireKey(modelKey);
    this.#parts.controls.retry(modelKey);
  }

  /**
   * Deletes all stored files of the model, including those in the cache of Transformers.js, and loads it again. Has an effect
   * while recovery waits, and after a failure.
   */
  async restart(modelKey: string): Promise<void> {
    this.#parts.models.requireKey(modelKey);
    await this.#parts.controls.restart(modelKey);
  }

  /**
   * Returns what is stored on this device. For each defined model these are the files in the cache of Transformers.js or of its own
   * loader, and the stored bytes of incomplete files. The report also has the files of other software, and what the browser reports
   * about the site. Imports the engine, and Transformers.js, whose settings contain the location of the files. The models of a worker
   * are measured there, without these imports. A model that cannot be measured is in `unmeasured`.
   *
   * @throws the error of the import of the code that measures.
   */
  async storage(): Promise<StorageReport> {
    return (await this.#parts.storage()).report();
  }

  /**
   * Deletes a model from this device, including incomplete files. An active download is cancelled first. A load that begins
   * meanwhile waits for the end of the deletion. A pipeline that the page
   * uses continues to work. Imports the same modules as `storage()`. Models with the same repository and revision share their files:
   * `remove()` deletes the files of all of them.
   *
   * @throws RangeError when the key is not defined; the error of an import; DownloadFailure `timeout` when the browser's
   * cache does not respond, `runtime` when a worker does not; DOMException `NotSupportedError` when the page's own cache cannot
   * delete.
   */
  async remove(modelKey: string): Promise<void> {
    const { models } = this.#parts;
    // The download ends before the import, which takes longer.
    const ending = models.downloads.get(modelKey)?.release();
    const deletion = Promise.all([this.#parts.storage(), ending]).then(([storage]) => storage.remove(modelKey));
    models.removed = Promise.allSettled([models.removed, deletion]);
    await deletion;
  }

  /** Returns the state of a download; `undefined` if the key is not defined. */
  getState(modelKey: string): DownloadState | undefined {
    return this.#parts.states.getState(modelKey);
  }

  /** Returns the progress of the files of a download; `undefined` before the first attempt. */
  getAggregate(modelKey: string): AggregateProgressInfo | undefined {
    return this.#parts.aggregateOf(modelKey);
  }

  /**
   * All downloads that were requested together, as one. A request after the last of them has ended starts a new summary.
   */
  get summary(): DownloadSummary {
    return this.#parts.overview.summary;
  }

  /**
   * Calls `listener` with each new state of a download. Returns a function that removes the listener. The key may be defined
   * later, as that of a worker's model.
   *
   * @throws TypeError when `listener` is not a function.
   */
  subscribe(modelKey: string, listener: (state: DownloadState) => void): () => void {
    check(typeof listener === 'function', 'listener', listener, 'a function');
    return this.#parts.states.subscribe(modelKey, listener);
  }

  /**
   * Connects to the elements under `root`: announces changes and handles requests there until the returned function is called.
   * Takes the models of this object over from every other `ModelDownloads` of the document, including those of other copies
   * of the package, and returns them when it is disconnected.
   *
   * @param root Default: `document`. A window stands for its document. Without a document, as on a server, the method does nothing.
   * @throws TypeError when `root` is not an EventTarget; DOMException `InvalidStateError` after `dispose()`.
   */
  connect(root: EventTarget | undefined = globalThis.document): () => void {
    this.#parts.models.throwIfDisposed();
    // The DOM types always have a document.
    if ((root as EventTarget | undefined) === undefined) return () => undefined;
    check(typeof (root as Partial<EventTarget> | null)?.addEventListener === 'function', 'root', root, 'an EventTarget');
    // A form with the name `window` replaces the property of its document, but it does not equal the document.
    const { window, document } = root as Window;
    return this.#parts.connections.connect(window === root ? document : root, this.#parts.states.getStates());
  }

  /**
   * Cancels every download: promises reject with an `AbortError`, and the downloaded bytes stay on this device. Then removes
   * every connection, channel, listener and timer, and disconnects from workers without ending them. Pipelines that the page
   * uses continue to work.
   *
   * Afterwards `getState` and `summary` return the last states; `pause`, `resume`, `cancel`, `retry`, `restart`, `subscribe`
   * and `dispose` do nothing; every other method fails with an `InvalidStateError`.
   */
  dispose(): void {
    this.#parts.dispose();
  }
}
