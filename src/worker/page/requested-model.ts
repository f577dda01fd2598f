import { sourceOf, type ModelDefinition } from '../../model/index.js';
import type { RequestedModel } from '../messages.js';
import type { WorkerProviderOptions } from './worker-provider.js';

/** The model of a request, with the plan of its last load, which only the page has stored. */
export function requestedModel(
  { learned }: Pick<WorkerProviderOptions, 'learned'>,
  modelKey: string,
  definition: ModelDefinition,
): RequestedModel {
  return { modelKey, variant: definition.variant, learned: learned.latest(modelKey, sourceOf(definition)) };
}
