import type { PlanEntry } from '../../core/index.js';
import { isTransformersModel, ownFiles, type ModelDefinition } from '../model-definition.js';
import { ModelFiles } from './model-files.js';
import { importedTransformers, type TransformersSource } from '../transformers/module.js';

/**
 * Whether the files of a plan are on this device; `undefined` if that is unknown. It does not import Transformers.js. Before the
 * import only the address of the last load is known: if the files are not stored there, they may be stored at another address.
 *
 * @param learned The common start of the files' addresses in the last load.
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

/** The paths of the plan's files without the runtime's. */
export function modelNames(plan: readonly PlanEntry[]): readonly string[] {
  return ownFiles(plan).map(({ file }) => file);
}
