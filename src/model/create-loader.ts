import { hasOwnLoader, requireTransformers } from './check-definition.js';
import type { ModelDefinition } from './model-definition.js';
import type { ModelLoader } from './loader/model-loader.js';
import type { PlanMemory } from './transformers/plan/plan-memory.js';
import { createTransformersLoader } from './transformers/loader.js';
import type { TransformersSource } from './transformers/module.js';

/**
 * Creates the loader of a model, or returns the one of the definition.
 *
 * @throws TypeError if the definition has neither a loader nor a task and a model, or Transformers.js is missing.
 */
export function createLoader(
  modelKey: string,
  definition: ModelDefinition,
  source?: TransformersSource,
  memory?: PlanMemory,
): ModelLoader<unknown> {
  if (hasOwnLoader(definition)) return definition.load;
  const transformers = requireTransformers(modelKey, definition, source);
  return createTransformersLoader(definition, transformers, memory);
}
