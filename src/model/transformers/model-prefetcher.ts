import type { PlanMemory } from './plan/plan-memory.js';
import type { ModelLoader } from '../loader/model-transfer.js';
import type { TransformersModelDefinition } from './definition.js';
import type { TransformersSource } from './module.js';

/** Creates a loader that downloads the files of one model into the cache of Transformers.js without starting the model. */
export function createModelPrefetcher(
  definition: TransformersModelDefinition,
  source: TransformersSource,
  memory?: PlanMemory,
): ModelLoader<void> {
  return async (context) => {
    const { prefetchModel } = await import('./prefetch-model.js');
    await prefetchModel({ definition, source, memory, context });
  };
}
