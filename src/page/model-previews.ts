import { isTransformersModel, loadDeviceCheck, plannedCache, plannedSize, type ModelDefinition } from '../model/index.js';
import type { PlanEntry } from '../core/index.js';
import { isActive, type DownloadStates } from '../core/internal.js';
import { hasRoom } from './has-room.js';
import type { ModelPlans } from './model-plans.js';
import type { ModelRegistry } from './model-registry.js';

/** The states of models before a start: an unfinished download, the size, and the bytes on this device. */
export class ModelPreviews {
  readonly #models: ModelRegistry;
  readonly #plans: ModelPlans;
  readonly #states: DownloadStates;
  readonly #hasTransfer: boolean;

  /** @param hasTransfer Whether the transfer layer downloads the files. */
  constructor(models: ModelRegistry, plans: ModelPlans, states: DownloadStates, hasTransfer: boolean) {
    this.#models = models;
    this.#plans = plans;
    this.#states = states;
    this.#hasTransfer = hasTransfer;
  }

  /** Writes the first state of a model: `paused` after an unfinished download, otherwise `idle`. */
  initialize(modelKey: string, definition: ModelDefinition): void {
    const { name: modelName = modelKey } = definition;
    const plan = this.#plans.planOf(modelKey, definition);
    // Only an estimate finds out whether a load downloads the runtime's file.
    const hasRuntime = isTransformersModel(definition) && this.#hasTransfer;
    const totalBytes = hasRuntime ? undefined : plannedSize(plan);
    const cached = plannedCache(plan);
    const restored = this.#states.restoreState(modelKey, { modelName, totalBytes, cached });
    if (!restored) this.#states.defineDownload(modelKey, { modelName, totalBytes, cached });
    // Without a result the state keeps unknown values.
    this.#checkDevice(modelKey, definition, plan).catch(() => undefined);
  }

  /** Replaces the state of a model with a new first state, unless it is loading or loaded. Returns whether it did. */
  reset(modelKey: string): boolean {
    const definition = this.#models.definitions.get(modelKey);
    const { status = 'idle' } = this.#states.getState(modelKey) ?? {};
    if (!definition || status === 'completed' || (isActive(status) && status !== 'paused')) return false;
    this.#models.dropDownload(modelKey);
    this.#states.forgetDownload(modelKey);
    this.initialize(modelKey, definition);
    return true;
  }

  /** Writes whether the model is on this device, and whether the device has space for the rest. */
  async #checkDevice(modelKey: string, definition: ModelDefinition, plan: readonly PlanEntry[] | undefined): Promise<void> {
    const address = this.#plans.latest(modelKey, definition)?.address;
    const transformers = this.#plans.moduleFor(modelKey);
    // The files of a model with its own loader cannot be found before a load.
    const isFound = async (): Promise<boolean | undefined> => {
      if (!plan || !isTransformersModel(definition)) return undefined;
      const { isOnDevice } = await loadDeviceCheck();
      // A load that started meanwhile makes the same look-ups, which these would delay.
      return this.#isRunning(modelKey) ? undefined : isOnDevice(definition, plan, transformers, address);
    };
    const cached = plannedCache(plan) ?? (await isFound());
    const size = plannedSize(plan);
    const fits = await hasRoom(size, cached ? size : undefined, this.#hasTransfer);
    // A load that started meanwhile has newer values.
    if (this.#isRunning(modelKey)) return;
    // The last visit ended between the last byte and the start of the model: nothing is left to resume.
    if (cached && this.#states.getState(modelKey)?.status === 'paused') this.#states.resetDownload(modelKey, { cached });
    this.#states.describeDownload(modelKey, { cached, fits });
  }

  #isRunning(modelKey: string): boolean {
    return this.#models.downloads.get(modelKey)?.isRunning === true;
  }
}
