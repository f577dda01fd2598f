import { loadDeviceFiles, sourceOf, type ModelDefinition, type StoredModelOptions, type StoredPlans } from '../model/index.js';
import type { ModelRegistry } from './model-registry.js';
import type { ModelStorage } from './model-storage.js';

/** What the models of a page are on this device: counted, and deleted. A worker looks for its own. */
export class StoredModels {
  readonly #models: ModelRegistry;
  readonly #learned: StoredPlans;
  readonly #optionsOf: (modelKey: string, definition: ModelDefinition) => StoredModelOptions;

  /** @param optionsOf What a model in this realm is looked for by. */
  constructor(models: ModelRegistry, learned: StoredPlans, optionsOf: (modelKey: string, definition: ModelDefinition) => StoredModelOptions) {
    this.#models = models;
    this.#learned = learned;
    this.#optionsOf = optionsOf;
  }

  /** What each defined model occupies. */
  async measure(): Promise<readonly ModelStorage[]> {
    const { storedBytes } = await loadDeviceFiles();
    const models = [...this.#models.definitions].map(async ([modelKey, definition]) => {
      const link = this.#models.links.get(modelKey);
      const { bytes, partialBytes } = link
        ? await link.storage(modelKey, this.#learned.latest(modelKey, sourceOf(definition)))
        : await storedBytes(this.#optionsOf(modelKey, definition));
      return { modelKey, bytes, partialBytes };
    });
    return Promise.all(models);
  }

  /** Deletes a model, after its download has ended. Resolves with whether it was defined. */
  async remove(modelKey: string): Promise<boolean> {
    const definition = this.#models.definitions.get(modelKey);
    if (!definition) return false;
    const link = this.#models.links.get(modelKey);
    await (link ? link.downloadOf(modelKey, definition) : this.#models.downloads.get(modelKey))?.release();
    this.#models.downloads.delete(modelKey);
    if (!link) {
      const { removeStored } = await loadDeviceFiles();
      await removeStored(this.#optionsOf(modelKey, definition));
    }
    return true;
  }
}
