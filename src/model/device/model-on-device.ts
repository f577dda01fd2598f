import type { PlanEntry } from '../../core/index.js';
import { currentFetch } from '../transformers/fetch-hook.js';
import { isLocalOnly } from '../transformers/local-models.js';
import { modelAddress } from '../transformers/model-address.js';
import { isTransformersModel, ownFiles, type ModelDefinition } from '../model-definition.js';
import { ModelFiles } from './model-files.js';
import type { TransformersModelDefinition } from '../transformers/definition.js';
import { importedTransformers, type TransformersModule, type TransformersSource } from '../transformers/module.js';
import { limitedFetch } from '../time-limit.js';

/** What the device has of a model. */
export interface ModelOnDevice {
  /** Whether every file of it is here and can be used; `undefined` where that cannot be known. */
  readonly cached: boolean | undefined;
  /** Whether the hub has another version of a file that is here; `undefined` where that was not asked, or the hub does not say. */
  readonly newer: boolean | undefined;
}

/**
 * Whether the files of a plan are on this device. Imports nothing: where the module is still to be
 * imported, the address of the last load can show that they are here, and never that they are not.
 *
 * @param learned What the addresses of the files began with at the last load.
 */
export async function isOnDevice(
  definition: ModelDefinition,
  plan: readonly PlanEntry[] | undefined,
  source: TransformersSource | undefined,
  learned?: string,
): Promise<boolean | undefined> {
  if (!plan || !isTransformersModel(definition)) return undefined;
  const transformers = importedTransformers(source);
  if (transformers) return ModelFiles.of(transformers, definition, modelNames(plan)).isWhole();
  if (learned === undefined) return undefined;
  const isThere = await ModelFiles.at(learned, modelNames(plan)).isWhole();
  return isThere ? true : undefined;
}

/** The same plan, in which a file counts as cached only if a load could use what is here. */
export async function markUsable(
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
 * Whether a hub lists another size for a file that is on this device. The runtime goes on using
 * what is here until it is deleted.
 */
export async function hasNewer(
  definition: ModelDefinition,
  plan: readonly PlanEntry[],
  transformers: TransformersModule,
): Promise<boolean | undefined> {
  if (!isTransformersModel(definition) || isLocalOnly(transformers, definition.options)) return undefined;
  const { HubListing } = await import('../../transfer/index.js');
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

/** The names of the files of a plan that are the model's own. */
function modelNames(plan: readonly PlanEntry[]): readonly string[] {
  return ownFiles(plan).map(({ file }) => file);
}
