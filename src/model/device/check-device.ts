import type { PlanEntry } from '../../core/index.js';
import { HubListing } from '../../transfer/internal.js';
import { currentFetch } from '../transformers/fetch-hook.js';
import { isLocalOnly } from '../transformers/local-models.js';
import { modelAddress } from '../transformers/model-address.js';
import { isTransformersModel, type ModelDefinition } from '../model-definition.js';
import { modelNames } from './is-on-device.js';
import { ModelFiles } from './model-files.js';
import type { TransformersModelDefinition } from '../transformers/definition.js';
import type { TransformersModule } from '../transformers/module.js';
import { limitedFetch } from '../request-limits.js';

/** The result of looking for a model on this device. */
export interface DeviceCheck {
  /** Whether every file is stored and can be used; `undefined` if that cannot be determined. */
  readonly cached: boolean | undefined;
  /** Whether the hub has another version of a stored file; `undefined` if the hub was not requested, or lists no files. */
  readonly newer: boolean | undefined;
}

/** Returns the same plan, in which a file counts as cached only if a load could use its cache entry. */
export async function markUsableFiles(
  definition: TransformersModelDefinition,
  plan: readonly PlanEntry[],
  transformers: TransformersModule,
): Promise<readonly PlanEntry[]> {
  const files = ModelFiles.of(transformers, definition);
  const mark = async (entry: PlanEntry): Promise<PlanEntry> =>
    entry.cached === true ? { ...entry, cached: (await files.sizeOf(entry.file)) !== undefined } : entry;
  return Promise.all(plan.map(mark));
}

/**
 * Whether the hub lists another size for a file on this device; `undefined` if the hub may not be requested, or lists no files. The
 * runtime uses the stored file until it is deleted.
 */
export async function hasNewerVersion(
  definition: ModelDefinition,
  plan: readonly PlanEntry[],
  transformers: TransformersModule,
): Promise<boolean | undefined> {
  if (!isTransformersModel(definition) || isLocalOnly(transformers, definition.options)) return undefined;
  const { model, options = {} } = definition;
  const listing = new HubListing(limitedFetch(currentFetch(transformers)));
  const listed = await listing.files(modelAddress(transformers, model, options)).catch(() => undefined);
  if (!listed) return undefined;
  const files = ModelFiles.of(transformers, definition);
  const differs = async (name: string): Promise<boolean> => {
    const size = listed.get(name)?.size;
    const kept = size === undefined ? undefined : await files.sizeOf(name);
    return kept !== undefined && kept !== size;
  };
  return (await Promise.all(modelNames(plan).map(differs))).some(Boolean);
}
