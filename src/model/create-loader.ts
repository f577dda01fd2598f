import { check, isRecord } from '../core/internal.js';
import { checkFiles } from './check-options.js';
import type { ModelDefinition } from './model-definition.js';
import type { ModelLoader } from './loader/model-loader.js';
import type { RecallPlan } from './transformers/plan/find-plan.js';
import { createTransformersLoader } from './transformers/loader.js';
import type { TransformersSource } from './transformers/module.js';

/**
 * Creates the loader of a model, or returns the one of the definition.
 *
 * @throws TypeError if the definition has neither a loader nor a task and a model, its files are not a list of names with
 * sizes, or Transformers.js is missing; RangeError if a size is not a number from 0 up.
 */
export function createLoader(
  modelKey: string,
  definition: ModelDefinition,
  source?: TransformersSource,
  recall?: RecallPlan,
): ModelLoader<unknown> {
  check(isRecord(definition), `models.${modelKey}`, definition, 'an object');
  checkFiles(`models.${modelKey}.files`, definition.files);
  if ('load' in definition && typeof definition.load === 'function') return definition.load;
  if (!('task' in definition) || !definition.task || !definition.model) {
    throw new TypeError(`Model "${modelKey}" needs a task and a model, or a load function`);
  }
  if (!source) throw new TypeError(`Model "${modelKey}" requires the option "transformers"`);
  return createTransformersLoader(definition, source, recall);
}
