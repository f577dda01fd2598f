import { knownAddress, ownFiles, sourceOf, type ModelDefinition } from '../model/index.js';
import type { PlanEntry } from '../core/index.js';
import type { StoredPlans } from '../model/index.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';
import type { ModelRegistry } from './model-registry.js';

/** The files that a load of each model reads, from the page's definition or from an earlier load. */
export class ModelPlans {
  readonly #models: ModelRegistry;
  /** The files of earlier loads. */
  readonly learned: StoredPlans;
  readonly #transformers: ModelDownloadsOptions['transformers'];

  constructor(models: ModelRegistry, learned: StoredPlans, transformers: ModelDownloadsOptions['transformers']) {
    this.#models = models;
    this.learned = learned;
    this.#transformers = transformers;
  }

  /** The model's own files; `undefined` if neither the page nor an earlier load names them. */
  planOf(modelKey: string, definition: ModelDefinition): readonly PlanEntry[] | undefined {
    const address = knownAddress(definition, this.moduleFor(modelKey));
    const learned = this.learned.recall(modelKey, sourceOf(definition), { address });
    return definition.files ?? (learned && ownFiles(learned));
  }

  /** The Transformers.js module of a model; `undefined` for the model of a worker, whose module is not in this realm. */
  moduleFor(modelKey: string): ModelDownloadsOptions['transformers'] {
    return this.#models.links.has(modelKey) ? undefined : this.#transformers;
  }
}
