import { createLoader, type ModelDefinition } from '../model/index.js';
import { ProgressStateManager, systemClock, type AggregateProgressInfo } from '../core/index.js';
import { DownloadQueue } from '../core/internal.js';
import { DownloadOverview } from './download-overview.js';
import { browserStorage } from './browser-ports.js';
import { Connections } from './connections.js';
import { DownloadControls } from './download-controls.js';
import { StoredPlans } from '../model/index.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';
import { ModelPlans } from './model-plans.js';
import { ModelPreviews } from './model-previews.js';
import { ModelRegistry } from './model-registry.js';
import { StoredModels } from './stored-models.js';
import type { WorkerLink } from '../worker/index.js';
import { WorkerLinks } from '../worker/index.js';

/** What a `ModelDownloads` is made of, put together. */
export class PageDownloads {
  readonly states: ProgressStateManager;
  readonly attention: DownloadOverview;
  readonly models: ModelRegistry;
  readonly previews: ModelPreviews;
  readonly stored: StoredModels;
  readonly workers: WorkerLinks;
  readonly controls: DownloadControls;
  readonly connections: Connections;

  readonly #options: ModelDownloadsOptions;

  /** @param owner The manager, which tells its connections from those of others. */
  constructor(owner: object, options: ModelDownloadsOptions) {
    const { clock = systemClock, namespace, storage: chosen = browserStorage(), manualAttempts = 3 } = options;
    const storage = chosen ?? undefined;
    // The one that may throw comes first: nothing has a listener then.
    const queue = new DownloadQueue(options.concurrency);
    this.#options = options;
    const mayPersist = (modelKey: string): boolean =>
      !this.models.downloads.get(modelKey)?.isFollowing && !this.connections.hasLost(modelKey);
    this.states = new ProgressStateManager({ clock, namespace, storage, mayPersist });
    this.attention = new DownloadOverview(options);
    const learned = new StoredPlans(storage, namespace);
    const interactive = (): boolean => this.#interactive;
    const beforeLoad = (modelKey: string): void => this.#throwIfLost(modelKey);
    const shared = { states: this.states, learned, queue, beforeLoad };
    this.models = new ModelRegistry(() => ({ ...shared, options, interactive: interactive() }));
    const plans = new ModelPlans(this.models, learned, options.transformers);
    this.previews = new ModelPreviews(this.models, plans, this.states, options);
    this.stored = new StoredModels(this.models, plans, namespace);
    this.workers = new WorkerLinks({
      ...{ ...shared, clock, namespace, manualAttempts, interactive },
      adopt: (modelKey, definition, link) => {
        if (this.models.links.get(modelKey) !== link) this.#adopt(modelKey, definition, link);
      },
      throwIfDisposed: () => this.models.throwIfDisposed(),
    });
    this.controls = new DownloadControls(this.models, this.states, namespace);
    this.connections = this.#connectionsOf(owner);
  }

  /** @throws TypeError when a definition names neither a loader nor a task. */
  define(models: Readonly<Record<string, ModelDefinition>>): void {
    this.models.throwIfDisposed();
    for (const [modelKey, definition] of Object.entries(models)) {
      createLoader(modelKey, definition, this.#options.transformers);
      this.#adopt(modelKey, definition);
    }
  }

  aggregateOf(modelKey: string): AggregateProgressInfo | undefined {
    return this.models.downloads.get(modelKey)?.aggregate;
  }

  dispose(): void {
    if (this.models.isDisposed) return;
    this.models.dispose('The ModelDownloads was disposed.');
    this.connections.dispose();
    this.states.dispose();
    this.workers.dispose();
    this.attention.dispose();
    this.controls.dispose();
  }

  #adopt(modelKey: string, definition: ModelDefinition, link?: WorkerLink): void {
    if (!this.models.adopt(modelKey, definition, link)) return;
    this.states.subscribe(modelKey, (state) => {
      this.attention.hear(state);
      this.connections.tell(state);
    });
    this.previews.introduce(modelKey, definition);
  }

  #connectionsOf(owner: object): Connections {
    return new Connections({
      owner,
      controls: this.controls,
      getState: (key) => (this.models.definitions.has(key) ? this.states.getState(key) : undefined),
      getStates: () => this.attention.states,
      getAggregate: (key) => this.aggregateOf(key),
      // An element shows a number that may be missing; a load tells what is wrong.
      estimate: (key) => void this.previews.estimate(key).catch(() => undefined),
      // Since it was lost, the other manager has downloaded more of it, or removed it.
      regain: (key) => this.previews.renew(key),
      chooseModel: this.#options.chooseModel,
    });
  }

  /** @throws DOMException `InvalidStateError` where this manager must not load the model. */
  #throwIfLost(modelKey: string): void {
    this.models.throwIfDisposed();
    this.connections.throwIfLost(modelKey);
  }

  /** Whether a user can be asked. */
  get #interactive(): boolean {
    const { recovery } = this.#options;
    return recovery ? recovery === 'ask' : !this.connections.isEmpty;
  }
}
