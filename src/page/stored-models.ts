import type { DeviceStorage, ModelDefinition, StoredModel } from '../model/index.js';
import type { ModelPlans } from './model-plans.js';
import type { ModelRegistry } from './model-registry.js';
import type { ModelStorage } from './model-storage.js';

/** Measures and deletes the stored files of a page's models. A worker does it for its own models. */
export class StoredModels {
  readonly #models: ModelRegistry;
  readonly #plans: ModelPlans;
  readonly #device: DeviceStorage;

  constructor(models: ModelRegistry, plans: ModelPlans, device: DeviceStorage) {
    this.#models = models;
    this.#plans = plans;
    this.#device = device;
  }

  /** Measures the storage of each defined model. */
  async measure(): Promise<readonly ModelStorage[]> {
    return Promise.all([...this.#models.definitions].map(([modelKey, definition]) => this.#measureModel(modelKey, definition)));
  }

  /** Deletes the files of a model after its download has ended. Resolves with whether the model was defined. */
  async remove(modelKey: string): Promise<boolean> {
    const definition = this.#models.definitions.get(modelKey);
    if (!definition) return false;
    const link = this.#models.links.get(modelKey);
    await (link ? link.downloadOf(modelKey, definition) : this.#models.downloads.get(modelKey))?.release();
    this.#models.downloads.delete(modelKey);
    if (!link) {
      const files = await this.#device.open();
      await files.remove(this.#storedModel(modelKey, definition));
    }
    return true;
  }

  async #measureModel(modelKey: string, definition: ModelDefinition): Promise<ModelStorage> {
    const link = this.#models.links.get(modelKey);
    const { bytes, partialBytes } = link
      ? await link.storage(modelKey, this.#plans.latest(modelKey, definition))
      : await (await this.#device.open()).measure(this.#storedModel(modelKey, definition));
    return { modelKey, bytes, partialBytes };
  }

  #storedModel(modelKey: string, definition: ModelDefinition): StoredModel {
    return { modelKey, definition, names: () => this.#plans.planOf(modelKey, definition)?.map(({ file }) => file) };
  }
}
