import { isTransformersModel, loadDeviceFiles, plannedCache, plannedSize, type ModelDefinition } from '../model/index.js';
import type { PlanEntry, ProgressStateManager } from '../core/index.js';
import { isActive } from '../core/internal.js';
import { hasRoom } from './has-room.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';
import type { ModelEstimate } from './model-estimate.js';
import type { ModelPlans } from './model-plans.js';
import type { ModelRegistry } from './model-registry.js';

type Options = Pick<ModelDownloadsOptions, 'transfer' | 'namespace'>;

/** What the states of models say before a start: what an earlier visit left, how big they are, and what is here. */
export class ModelPreviews {
  readonly #models: ModelRegistry;
  readonly #plans: ModelPlans;
  readonly #states: ProgressStateManager;
  readonly #namespace: string | undefined;
  readonly #hasTransfer: boolean;

  constructor(models: ModelRegistry, plans: ModelPlans, states: ProgressStateManager, { transfer, namespace }: Options) {
    this.#models = models;
    this.#plans = plans;
    this.#states = states;
    this.#namespace = namespace;
    this.#hasTransfer = transfer !== false;
  }

  /** Writes the first state of a model: `paused` where a download was left unfinished, else `idle`. */
  introduce(modelKey: string, definition: ModelDefinition): void {
    const { name: modelName = modelKey } = definition;
    const plan = this.#plans.planOf(modelKey, definition);
    // What of the runtime a load fetches, an estimate finds out.
    const hasRuntime = isTransformersModel(definition) && this.#hasTransfer;
    const totalBytes = hasRuntime ? undefined : plannedSize(plan);
    const cached = plannedCache(plan);
    const restored = this.#states.restoreState(modelKey, { modelName, totalBytes, cached });
    if (!restored) this.#states.defineDownload(modelKey, { modelName, totalBytes, cached });
    // A look that fails costs what it would have told.
    this.#lookAround(modelKey, definition, plan).catch(() => undefined);
  }

  /** Replaces the state of a model by its first one, as of now. One that runs or can be used keeps its state. Returns whether it did. */
  renew(modelKey: string): boolean {
    const definition = this.#models.definitions.get(modelKey);
    const { status = 'idle' } = this.#states.getState(modelKey) ?? {};
    if (!definition || status === 'completed' || (isActive(status) && status !== 'paused')) return false;
    this.#models.dropDownload(modelKey);
    this.#states.forgetDownload(modelKey);
    this.introduce(modelKey, definition);
    return true;
  }

  /**
   * Finds out how big a model is, and how much of it is here, and tells it in the state.
   *
   * @throws RangeError when the key was never defined; what the import of Transformers.js throws.
   */
  async estimate(modelKey: string): Promise<ModelEstimate> {
    const definition = this.#models.definitionOf(modelKey);
    const { estimateModel } = await loadDeviceFiles();
    const link = this.#models.links.get(modelKey);
    const {
      files: found,
      cached,
      newer,
      cachedBytes,
      excludesRuntime,
    } = link
      ? await link.estimate(modelKey, this.#plans.latest(modelKey, definition))
      : await estimateModel({
          definition,
          transformers: this.#plans.moduleFor(modelKey),
          recall: (version, address) => this.#plans.recall(modelKey, definition, version, address),
          hasTransfer: this.#hasTransfer,
          modelKey,
          namespace: this.#namespace,
        });
    const files = found ?? this.#plans.planOf(modelKey, definition);
    this.#models.downloadOf(modelKey).expect(files);
    const size = plannedSize(files);
    const fits = await hasRoom(size, cached ? size : cachedBytes, this.#copies);
    this.#states.describeDownload(modelKey, { totalBytes: size, cached, cachedBytes, excludesRuntime, fits });
    return { size, cached, cachedBytes, excludesRuntime, newer, fits, files };
  }

  /** Tells what can be known before a start: what is here already, and whether there is room for the rest. */
  async #lookAround(modelKey: string, definition: ModelDefinition, plan: readonly PlanEntry[] | undefined): Promise<void> {
    const learned = this.#plans.latest(modelKey, definition)?.address;
    const transformers = this.#plans.moduleFor(modelKey);
    const cached = plannedCache(plan) ?? (plan && (await (await loadDeviceFiles()).isOnDevice(definition, plan, transformers, learned)));
    const size = plannedSize(plan);
    const fits = await hasRoom(size, cached ? size : undefined, this.#copies);
    // A load that has begun meanwhile knows better.
    if (this.#models.downloads.get(modelKey)?.isRunning) return;
    // The visit before ended between the last byte and the model that runs: there is nothing left to go on with.
    if (cached && this.#states.getState(modelKey)?.status === 'paused') this.#states.resetDownload(modelKey, { cached });
    this.#states.describeDownload(modelKey, { cached, fits });
  }

  /** How often a byte is on the disk while it comes: in a segment, and in the runtime's own copy of the file. */
  get #copies(): number {
    return this.#hasTransfer ? 2 : 1;
  }
}
