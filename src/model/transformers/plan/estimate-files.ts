import type { PlanEntry } from '../../../core/index.js';
import { currentFetch } from '../fetch-hook.js';
import { ModelPlan } from './find-plan.js';
import { noteListing } from './noted-listing.js';
import type { RecallPlan } from './plan-memory.js';
import { SharedFiles } from '../shared-files.js';
import { limitedFetch, OWN_LIMIT, withLimit } from '../../request-limits.js';
import type { TransformersModelDefinition } from '../definition.js';
import type { TransformersSource } from '../module.js';
import { resolveTransformers } from '../resolve-module.js';

/** The files that a load of a model would request. */
export interface EstimatedFiles {
  /** The model's files and the runtime's; `undefined` if no source lists them. */
  readonly files: readonly PlanEntry[] | undefined;
  /** Whether the load would also fetch the runtime's file, whose size is unknown. */
  readonly excludesRuntime: boolean;
}

/**
 * Finds the files that a load would request, including the runtime's. It requests at most a listing, the small files that
 * determine the others, and one byte of the runtime's file. Sources that do not respond within five seconds are left out.
 *
 * @param isCounted Whether the load reports the runtime's bytes.
 */
export async function estimateFiles(
  definition: TransformersModelDefinition,
  source: TransformersSource,
  { recall, isCounted }: { readonly recall?: RecallPlan | undefined; readonly isCounted: boolean },
): Promise<EstimatedFiles> {
  const transformers = await resolveTransformers(source);
  const plan = await ModelPlan.recall({ transformers, definition, recall });
  const fetch = limitedFetch(currentFetch(transformers));
  // A later load must not receive these files from the browser's cache, beside weights of a newer version.
  const shared = new SharedFiles((input, init) => fetch(input, { ...init, cache: 'no-store' }));
  const isNamed = definition.files?.every(({ size }) => size !== undefined) === true;
  const forgetListing = plan.listing && noteListing(transformers, definition, plan.listing);
  const finding = isNamed ? plan.files : withLimit(OWN_LIMIT, () => plan.find(shared)).catch(() => plan.files);
  const [files, runtime] = await Promise.all([finding, isCounted ? plan.findRuntime() : plan.runtime]);
  if (!plan.isListed) forgetListing?.();
  const { file, size } = runtime ?? {};
  if (!isCounted || file === undefined || size === undefined) return { files, excludesRuntime: runtime !== undefined };
  return { files: files && [...files, { file, size, cached: false }], excludesRuntime: false };
}
