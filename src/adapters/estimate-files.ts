import type { PlanEntry } from '../core/index.js';
import { originalFetch } from './fetch-hook.js';
import type { RecallPlan } from './model-plan.js';
import type { TransformersModelDefinition } from './transformers-model-definition.js';
import { resolveTransformers, type TransformersSource } from './transformers-module.js';

/**
 * The files that a load would ask for, the runtime's among them, without loading any: at most a
 * listing and `config.json` are requested. `undefined` where no source tells.
 */
export async function estimateFiles(
  definition: TransformersModelDefinition,
  source: TransformersSource,
  recall?: RecallPlan,
): Promise<readonly PlanEntry[] | undefined> {
  const transformers = await resolveTransformers(source);
  const { findPlan } = await import('./model-plan.js');
  const { files, runtime } = await findPlan({ transformers, definition, fetch: originalFetch(transformers), recall });
  return files && runtime ? [...files, { file: runtime.file, size: runtime.size, cached: false }] : files;
}
