import { knownAddress, ownFiles, sourceOf, type LearnedPlan, type ModelDefinition } from '../model/index.js';
import type { PlanEntry } from '../core/index.js';
import type { StoredPlans } from '../model/index.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';
import type { ModelRegistry } from './model-registry.js';

/** Which files a load of each model would ask for, as far as the page or an earlier load tells. */
export class ModelPlans {
  readonly #models: ModelRegistry;
  readonly #learned: StoredPlans;
  readonly #transformers: ModelDownloadsOptions['transformers'];

  constructor(models: ModelRegistry, learned: StoredPlans, transformers: ModelDownloadsOptions['transformers']) {
    this.#models = models;
    this.#learned = learned;
    this.#transformers = transformers;
  }

  /** The model's own files; `undefined` where neither the page nor an earlier load names them. */
  planOf(modelKey: string, definition: ModelDefinition): readonly PlanEntry[] | undefined {
    const address = knownAddress(definition, this.moduleFor(modelKey));
    const learned = this.#learned.recall(modelKey, sourceOf(definition), { address });
    return definition.files ?? (learned && ownFiles(learned));
  }

  /** What the last load of the model needed, with what decided it. */
  latest(modelKey: string, definition: ModelDefinition): LearnedPlan | undefined {
    return this.#learned.latest(modelKey, sourceOf(definition));
  }

  /** What a load with this version and address needed. */
  recall(modelKey: string, definition: ModelDefinition, version: number, address: string | undefined): readonly PlanEntry[] | undefined {
    return this.#learned.recall(modelKey, sourceOf(definition), { version, address });
  }

  /** The module that says where the model's files are; `undefined` for a worker's model, whose module is not in this realm. */
  moduleFor(modelKey: string): ModelDownloadsOptions['transformers'] {
    return this.#models.links.has(modelKey) ? undefined : this.#transformers;
  }
}
