import { DownloadFailure } from '../../core/index.js';
import { check, checkOption } from '../../core/internal.js';
import { announceModels } from './announce-models.js';
import { checkDefinition, checkDownloadOptions, type ModelDefinition, type ModelDownloadOptions } from '../../model/index.js';
import { HostedDownloads } from './hosted-downloads.js';
import { packFailure } from '../packed-failure.js';
import {
  isBridgeMessage,
  isPort,
  WORKER_TAG,
  type Hello,
  type PageMessage,
  type WorkerCommand,
  type WorkerMessageBody,
  type WorkerRequest,
} from '../messages.js';

/** The used part of a worker's `self`. */
export interface WorkerScope {
  /** Sends a message to the page. */
  postMessage(message: unknown): void;
  /** Calls `listener` with each message from the page. */
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
}

/** Options of {@link exposeDownloads}. */
export interface ExposeOptions extends ModelDownloadOptions {
  /** The models that this worker can load. The page may add others. Default: none. */
  readonly models?: Readonly<Record<string, ModelDefinition>> | undefined;
}

/** Access to the models of a worker, for the worker's own code. */
export interface ExposedDownloads {
  /** Resolves with a model once the page has loaded it. It does not start a load, and does not reject if a load fails. */
  get<T = unknown>(modelKey: string): Promise<T>;
}

/**
 * Lets the page that started this worker download and load the worker's models. The page connects by `connectWorker()`.
 * Call it as early as possible, in a module worker or a classic worker.
 *
 * @param scope `self` of the worker.
 * @throws TypeError if `scope` cannot send and receive messages, an option has a wrong type, a definition has neither a loader nor
 * a task and a model, or Transformers.js is missing; RangeError for a wrong value of an option.
 */
export function exposeDownloads(scope: WorkerScope, options: ExposeOptions = {}): ExposedDownloads {
  check(isPort(scope), 'scope', scope, "a worker's self");
  checkDownloadOptions(options);
  checkOption('models', options.models, 'object');
  const host = new WorkerHost(scope, options);
  scope.addEventListener('message', ({ data }) => {
    if (isBridgeMessage(data)) host.receive(data as PageMessage);
  });
  // A page whose `hello` was sent before this listener existed sends it again.
  host.post({ kind: 'ready' });
  return { get: (modelKey) => host.downloads.get(modelKey) };
}

/** Handles the messages of the page. */
class WorkerHost {
  readonly downloads: HostedDownloads;
  readonly #scope: WorkerScope;
  readonly #options: ExposeOptions;
  readonly #models = new Map<string, ModelDefinition>();
  #seen = 0;

  constructor(scope: WorkerScope, options: ExposeOptions) {
    this.#scope = scope;
    this.#options = options;
    this.downloads = new HostedDownloads(options, this.#models, (modelKey, state, download) =>
      this.post({ kind: 'state', modelKey, ...state, isFollowing: download?.isFollowing === true, seen: this.#seen }),
    );
    for (const [modelKey, definition] of Object.entries(options.models ?? {})) this.#define(modelKey, definition);
  }

  post(message: WorkerMessageBody): void {
    this.#scope.postMessage({ tag: WORKER_TAG, ...message });
  }

  receive(message: PageMessage): void {
    this.#seen = Math.max(this.#seen, message.seq);
    switch (message.kind) {
      case 'hello':
        void this.#handleHello(message);
        return;
      case 'load':
      case 'prefetch':
      case 'estimate':
      case 'storage':
      case 'release':
        void this.#handleRequest(message);
        return;
      case 'pause':
      case 'resume':
      case 'cancel':
      case 'retry':
      case 'restart':
      case 'suspend':
      case 'wake':
        this.#handleCommand(message);
    }
  }

  async #handleHello({ models, namespace }: Hello): Promise<void> {
    for (const [modelKey, definition] of Object.entries(models)) {
      if (this.#models.has(modelKey)) continue;
      try {
        this.#define(modelKey, definition as ModelDefinition);
      } catch {
        // A model that this worker cannot load is ignored: the page waits for the response, and a load of this model fails.
      }
    }
    this.downloads.setNamespace(namespace);
    const { transfer = true } = this.#options;
    this.post({ kind: 'models', transfer, ...(await announceModels(this.#models)) });
  }

  async #handleRequest(request: WorkerRequest & { readonly seq: number }): Promise<void> {
    const { seq: to, modelKey } = request;
    try {
      if (!this.#models.has(modelKey)) throw new DownloadFailure('unknown', `The worker has no model "${modelKey}"`);
      const answer = await this.downloads.run(request);
      this.post({ kind: 'answer', to, ...answer });
    } catch (error) {
      this.post({ kind: 'answer', to, failure: packFailure(this.downloads.failureBehind(modelKey, error)) });
    }
  }

  #handleCommand({ kind, modelKey, message }: WorkerCommand): void {
    this.downloads.control(kind, modelKey, message);
  }

  #define(modelKey: string, definition: ModelDefinition): void {
    checkDefinition(modelKey, definition, this.#options.transformers);
    this.#models.set(modelKey, definition);
  }
}
