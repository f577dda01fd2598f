// In: the options of a `ModelDownloads`. Out: its connected parts.
import { checkDefinition, DeviceStorage, StoredPlans, type ModelDefinition } from '../model/index.js';
import { systemClock, type AggregateProgressInfo } from '../core/index.js';
import { checkOptions, DownloadQueue, DownloadStates } from '../core/internal.js';
import { DownloadOverview } from './download-overview.js';
import { browserStorage } from './browser-ports.js';
import { Connections } from './connections.js';
import type { DeviceModels, DeviceModelsContext } from './device-models.js';
import { DownloadControls } from './download-controls.js';
import { checkPageOptions } from './check-options.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';
import type { ModelEstimate } from './model-estimate.js';
import { ModelPlans } from './model-plans.js';
import { ModelPreviews } from './model-previews.js';
import { ModelRegistry } from './model-registry.js';
import { PauseChannel } from './pause-channel.js';
import type { PageStorage, PageStorageContext } from './storage/page-storage.js';
import { WorkerLinks, type WorkerLink } from '../worker/index.js';

/** Creates and connects the parts of a `ModelDownloads`. */
export class PageDownloads {
  readonly states: DownloadStates;
  readonly overview: DownloadOverview;
  readonly models: ModelRegistry;
  readonly previews: ModelPreviews;
  readonly workers: WorkerLinks;
  readonly controls: DownloadControls;
  readonly connections: Connections;

  readonly #options: ModelDownloadsOptions;
  /** The collaborators of the modules that are imported on demand. */
  readonly #context: DeviceModelsContext & PageStorageContext;

  /** @param owner The manager, which identifies its connections among those of other managers. */
  constructor(owner: object, options: ModelDownloadsOptions) {
    checkPageOptions(options);
    const { clock = systemClock, namespace, storage: chosen = browserStorage(), manualAttempts = 3 } = options;
    const storage = chosen ?? undefined;
    // This constructor can throw, so it is called before any listener is added.
    const queue = new DownloadQueue(options.concurrency);
    this.#options = options;
    const mayPersist = (modelKey: string): boolean =>
      !this.models.downloads.get(modelKey)?.isFollowing && !this.connections.hasLost(modelKey);
    this.states = new DownloadStates({ clock, namespace, storage, mayPersist });
    this.overview = new DownloadOverview(options);
    const learned = new StoredPlans(storage, namespace);
    const interactive = (): boolean => this.#interactive;
    const beforeLoad = (modelKey: string): void => this.#throwIfLost(modelKey);
    const shared = { states: this.states, learned, storage, queue, beforeLoad };
    const device = new DeviceStorage(options);
    this.models = new ModelRegistry({ ...shared, device, options, interactive });
    const { models, states } = this;
    const plans = new ModelPlans(models, learned, options.transformers);
    const hasTransfer = options.transfer !== false;
    this.#context = { models, states, plans, device, hasTransfer, uses: { storage, namespace } };
    this.previews = new ModelPreviews(this.#context);
    this.workers = new WorkerLinks({
      ...shared,
      namespace,
      clock,
      manualAttempts,
      interactive,
      defineModel: (modelKey, definition, link) => {
        if (this.models.links.get(modelKey) !== link) this.#setDefinition(modelKey, definition, link);
      },
      throwIfDisposed: () => this.models.throwIfDisposed(),
    });
    this.controls = new DownloadControls(this.models, this.states, new PauseChannel(namespace, this.models.downloads));
    this.connections = this.#connectionsOf(owner);
  }

  /** @throws TypeError when a definition has neither a loader nor a task. */
  define(models: Readonly<Record<string, ModelDefinition>>): void {
    this.models.throwIfDisposed();
    checkOptions(models, {}, 'models.');
    for (const [modelKey, definition] of Object.entries(models)) {
      checkDefinition(modelKey, definition, this.#options.transformers);
      this.#setDefinition(modelKey, definition);
    }
  }

  /** @throws RangeError when the key was never defined; the error of the import of Transformers.js. */
  async estimate(modelKey: string): Promise<ModelEstimate> {
    this.models.definitionOf(modelKey);
    this.controls.preload();
    return (await this.#deviceModels()).estimate(modelKey);
  }

  /** @throws RangeError when the key was never defined; the error of an import. */
  async choose(modelKey: string, variant: unknown): Promise<void> {
    (await this.#deviceModels()).choose(modelKey, variant);
  }

  /** Imports the code that measures and deletes the stored models. */
  async storage(): Promise<PageStorage> {
    const { PageStorage: Storage } = await import('./storage/page-storage.js');
    return new Storage(this.#context);
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
    this.overview.dispose();
    this.controls.dispose();
  }

  async #deviceModels(): Promise<DeviceModels> {
    const { DeviceModels: Models } = await import('./device-models.js');
    return new Models(this.#context);
  }

  #setDefinition(modelKey: string, definition: ModelDefinition, link?: WorkerLink): void {
    if (!this.models.setDefinition(modelKey, definition, link)) return void this.previews.reset(modelKey);
    // There are two subscriptions: if a text function of the page throws, the elements still receive the state.
    this.states.subscribe(modelKey, (state) => this.overview.apply(state));
    this.connections.follow(modelKey);
    this.previews.initialize(modelKey);
  }

  #connectionsOf(owner: object): Connections {
    return new Connections(this.states, {
      owner,
      controls: this.controls,
      getState: (key) => (this.models.definitions.has(key) ? this.states.getState(key) : undefined),
      getStates: () => this.overview.states,
      getAggregate: (key) => this.aggregateOf(key),
      storage: () => this.storage(),
      // After a failed estimate the element shows an unknown size. A load reports the cause.
      estimate: (key) => void this.estimate(key).catch(() => undefined),
      choose: (key, variant) => this.choose(key, variant),
      // The other manager can have downloaded or removed files of the model.
      regain: (key) => this.previews.reset(key),
      chooseModel: this.#options.chooseModel,
    });
  }

  /** @throws DOMException `InvalidStateError` after `dispose()`, or if another manager is the writer of the model. */
  #throwIfLost(modelKey: string): void {
    this.models.throwIfDisposed();
    this.connections.throwIfLost(modelKey);
  }

  /** Whether recovery asks the user after the automatic retries. */
  get #interactive(): boolean {
    const { recovery } = this.#options;
    return recovery ? recovery === 'ask' : !this.connections.isEmpty;
  }
}
