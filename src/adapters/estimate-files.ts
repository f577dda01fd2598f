import type { PlanEntry } from '../core/index.js';
import { currentFetch } from './fetch-hook.js';
import type { RecallPlan } from './model-plan.js';
import { SharedFiles } from './shared-files.js';
import { limitedFetch, OWN_LIMIT, withLimit } from './time-limit.js';
import type { TransformersModelDefinition } from './transformers-model-definition.js';
import { resolveTransformers, type TransformersSource } from './transformers-module.js';

/**
 * The files that a load would ask for, the runtime's among them, without loading any: at most a
 * listing, the model's small files that it is chosen by, and a byte of the runtime's are requested.
 * What does not answer within five seconds is left out. `undefined` where no source tells.
 */
export async function estimateFiles(
  definition: TransformersModelDefinition,
  source: TransformersSource,
  recall?: RecallPlan,
): Promise<readonly PlanEntry[] | undefined> {
  const transformers = await resolveTransformers(source);
  const { ModelPlan } = await import('./model-plan.js');
  const plan = await ModelPlan.recall({ transformers, definition, recall });
  const shared = new SharedFiles(limitedFetch(currentFetch(transformers)));
  const finding = withLimit(OWN_LIMIT, () => plan.find(shared)).catch(() => plan.files);
  const [files, runtime] = await Promise.all([finding, plan.findRuntime()]);
  return files && runtime ? [...files, { file: runtime.file, size: runtime.size, cached: false }] : files;
}
