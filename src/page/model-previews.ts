import { isTransformersModel, plannedCache, plannedSize } from '../model/index.js';
import type { ModelPreviewsContext } from './model-previews-context.js';

/** Writes the states of models before a start: an unfinished download, the size, and whether the model is on this device and fits. */
export class ModelPreviews {
  readonly #context: ModelPreviewsContext;

  constructor(context: ModelPreviewsContext) {
    this.#context = context;
  }

  /** Writes the first state of a model: `paused` after an unfinished download, otherwise `idle`. */
  initialize(modelKey: string): void {
    const { models, plans, states, hasTransfer } = this.#context;
    const definition = models.definitionOf(modelKey);
    const { name: modelName = modelKey } = definition;
    const plan = plans.planOf(modelKey, definition);
    // Only an estimate finds out whether a load downloads the runtime's file.
    const hasRuntime = isTransformersModel(definition) && hasTransfer;
    const known = {
      modelName,
      totalBytes: hasRuntime ? undefined : plannedSize(plan),
      cached: plannedCache(plan),
      variant: definition.variant,
    };
    if (!states.restoreState(modelKey, known)) states.defineDownload(modelKey, known);
    // Without a result the state keeps unknown values.
    if (plan?.length) {
      import('./check-preview.js')
        .then(({ checkPreview }) => checkPreview(this.#context, modelKey, definition, plan))
        .catch(() => undefined);
    }
  }

  /** Replaces the state of a model with a new first state, unless it is loading or loaded. Returns whether it did. */
  reset(modelKey: string): boolean {
    const { models, states } = this.#context;
    if (!models.definitions.has(modelKey) || models.downloads.get(modelKey)?.isRunning) return false;
    models.dropDownload(modelKey);
    states.forgetDownload(modelKey);
    this.initialize(modelKey);
    return true;
  }
}
