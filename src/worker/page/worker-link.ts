import type { EstimatedModel, ModelDefinition, StoredBytes } from '../../model/index.js';
import { isPort, type AnnouncedModel, type Greeting } from '../messages.js';
import { unpackFailure } from '../packed-failure.js';
import { DownloadFailure } from '../../core/index.js';
import { check } from '../../core/internal.js';
import { WorkerConnection } from './worker-connection.js';
import { RemoteDownload } from './remote-download.js';
import { requestedModel } from './requested-model.js';
import type { WorkerProvider, WorkerProviderOptions } from './worker-provider.js';

/** A worker, or a function that starts one: with a function, a new worker can replace one that has ended. */
export type WorkerSource = Worker | (() => Worker);

/** The failure of requests to a worker that is replaced. */
const replaced = new DownloadFailure('aborted', 'A new worker replaces this one');

/** The page's side of the bridge, over all workers that one source starts. */
export class WorkerLink implements WorkerProvider {
  readonly options: WorkerProviderOptions;
  keepsBytes = true;

  readonly #source: WorkerSource;
  readonly #greeting: Greeting;
  readonly #downloads = new Map<string, RemoteDownload>();
  #current: WorkerConnection | undefined;
  #failed: WorkerConnection | undefined;
  #isClosed = false;
  #seq = 0;

  constructor(source: WorkerSource, greeting: Greeting, options: WorkerProviderOptions) {
    this.#source = source;
    this.#greeting = greeting;
    this.options = options;
  }

  get canReplace(): boolean {
    return typeof this.#source === 'function' && !this.#isClosed;
  }

  get current(): WorkerConnection | undefined {
    return this.#current;
  }

  async open(): Promise<WorkerConnection> {
    if (this.#current && this.#current === this.#failed && this.canReplace) this.#replace(this.#current);
    const connection = (this.#current ??= this.#start());
    await connection.ready;
    return connection;
  }

  markFailed(): void {
    this.#failed = this.#current;
  }

  isReplacement(failure: unknown): boolean {
    return failure === replaced;
  }

  /** The download of one of the worker's models. */
  downloadOf(modelKey: string, definition: ModelDefinition): RemoteDownload {
    const known = this.#downloads.get(modelKey);
    // A choice of another variant replaces the definition.
    const download = known?.definition === definition ? known : new RemoteDownload(modelKey, definition, this);
    this.#downloads.set(modelKey, download);
    return download;
  }

  /** Removes the download of a model, so that the next one starts without its state. */
  dropDownload(modelKey: string): void {
    this.#downloads.delete(modelKey);
  }

  /** Estimates which files a load would request, and how much of them is on this device. */
  async estimate(modelKey: string, definition: ModelDefinition): Promise<EstimatedModel> {
    const connection = await this.open();
    const {
      failure,
      files,
      cached,
      newer,
      cachedBytes,
      excludesRuntime = false,
    } = await connection.request({ kind: 'estimate', ...requestedModel(this.options, modelKey, definition) });
    if (failure) throw unpackFailure(failure);
    return { files, cached, newer, cachedBytes, excludesRuntime };
  }

  /** The bytes that a model occupies on this device. The worker counts them, since its module determines the addresses. */
  async storage(modelKey: string, definition: ModelDefinition): Promise<StoredBytes> {
    const connection = await this.open();
    const { failure, stored = { bytes: 0, partialBytes: 0, isComplete: undefined } } = await connection.request({
      kind: 'storage',
      ...requestedModel(this.options, modelKey, definition),
    });
    if (failure) throw unpackFailure(failure);
    return stored;
  }

  /** Cancels all downloads and disconnects from the worker, which keeps running. */
  close(): void {
    this.#isClosed = true;
    for (const download of this.#downloads.values()) download.cancel();
    this.#current?.end(new DownloadFailure('aborted', 'The page has disconnected from the worker'));
  }

  #start(): WorkerConnection {
    if (this.#isClosed) throw new DownloadFailure('runtime', 'The page has disconnected from the worker');
    if (typeof this.#source !== 'function' && this.#seq > 0) {
      throw new DownloadFailure('runtime', 'The worker that loads the model has ended');
    }
    const worker = typeof this.#source === 'function' ? this.#source() : this.#source;
    check(isPort(worker), 'The result of source()', worker, 'a Worker');
    const connection: WorkerConnection = new WorkerConnection(worker, this.#greeting, () => ++this.#seq, {
      models: (message) => {
        this.keepsBytes = message.transfer;
        for (const [modelKey, model] of Object.entries(message.models)) this.options.defineModel(modelKey, definitionOf(model));
      },
      state: (message) => this.#downloads.get(message.modelKey)?.applyState(message),
      end: () => {
        if (this.#current === connection) this.#current = undefined;
        for (const download of this.#downloads.values()) download.handleWorkerEnd();
      },
    });
    return connection;
  }

  #replace(connection: WorkerConnection): void {
    connection.end(replaced);
    connection.worker.terminate();
  }
}

/** The page's definition of a worker's model, which the page never loads itself. */
function definitionOf({ task, model, ...common }: AnnouncedModel): ModelDefinition {
  if (task && model) return { ...common, task, model };
  return { ...common, load: () => Promise.reject(new TypeError('This model is loaded in a worker')) };
}
