import type { PlanEntry } from '../../../core/index.js';
import { currentFetch } from '../fetch-hook.js';
import type { RecallPlan } from './find-plan.js';
import { SharedFiles } from '../shared-files.js';
import { limitedFetch, OWN_LIMIT, withLimit } from '../../time-limit.js';
import type { TransformersModelDefinition } from '../definition.js';
import { resolveTransformers, type TransformersSource } from '../module.js';

/** What a load of a model would ask for. */
export interface EstimatedFiles {
  /** The model's files and the runtime's; `undefined` where no source tells. */
  readonly files: readonly PlanEntry[] | undefined;
  /** Whether the load would fetch the runtime's file, too, and nothing tells its size. */
  readonly excludesRuntime: boolean;
}

/**
 * The files that a load would ask for, the runtime's among them, without loading any: at most a
 * listing, the model's small files that it is chosen by, and a byte of the runtime's are requested.
 * What does not answer within five seconds is left out.
 *
 * @param isCounted Whether the load tells of the runtime's bytes.
 */
export async function estimateFiles(
  definition: TransformersModelDefinition,
  source: TransformersSource,
  { recall, isCounted }: { readonly recall?: RecallPlan | undefined; readonly isCounted: boolean },
): Promise<EstimatedFiles> {
  const transformers = await resolveTransformers(source);
  const { ModelPlan } = await import('./find-plan.js');
  const plan = await ModelPlan.recall({ transformers, definition, recall });
  const shared = new SharedFiles(limitedFetch(currentFetch(transformers)));
  const isNamed = definition.files?.every(({ size }) => size !== undefined) === true;
  const finding = isNamed ? plan.files : withLimit(OWN_LIMIT, () => plan.find(shared)).catch(() => plan.files);
  const [files, runtime] = await Promise.all([finding, isCounted ? plan.findRuntime() : plan.runtime]);
  const { file, size } = runtime ?? {};
  if (!isCounted || file === undefined || size === undefined) return { files, excludesRuntime: runtime !== undefined };
  return { files: files && [...files, { file, size, cached: false }], excludesRuntime: false };
}
