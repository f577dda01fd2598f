import { sourceOf, storedAbsences, type ModelDefinition } from '../../model/index.js';
import type { RequestedModel } from '../messages.js';
import type { WorkerProviderOptions } from './worker-provider.js';

/** The model of a request, with the plan of its last load, which only the page has stored. */
export function requestedModel(options: WorkerProviderOptions, modelKey: string, definition: ModelDefinition): RequestedModel {
  const source = sourceOf(definition);
  const latest = options.learned.latest(modelKey, source);
  const learned = latest && { ...latest, absent: storedAbsences(options, modelKey, source, latest.version ?? '') };
  return { modelKey, variant: definition.variant, learned };
}
