import type { PlanEntry } from '../../core/index.js';
import { addressAtHand } from '../address-at-hand.js';
import { estimateFiles } from '../transformers/plan/estimate-files.js';
import { plannedCache, plannedSize, isTransformersModel, type ModelDefinition } from '../model-definition.js';
import { hasNewer, isOnDevice, markUsable, type ModelOnDevice } from './model-on-device.js';
import { storedBytes } from './stored-model.js';
import { DEVICE_LIMIT, withLimit } from '../time-limit.js';
import { resolveTransformers, type TransformersSource } from '../transformers/module.js';

/** A model that is to be estimated. */
export interface EstimateOptions {
  readonly definition: ModelDefinition;
  /** The module of Transformers.js, which is imported where that is still to be done. */
  readonly transformers: TransformersSource | undefined;
  /** The files of the last load, by a version of Transformers.js and what their addresses begin with. */
  readonly recall: (version: number, address: string | undefined) => readonly PlanEntry[] | undefined;
  /** Whether a load goes through the transfer layer, which counts the runtime's bytes, too. */
  readonly hasTransfer: boolean;
  readonly modelKey: string;
  readonly namespace: string | undefined;
}

/** What a load would ask for, and what of it is here. */
export interface EstimatedModel extends ModelOnDevice {
  /** `undefined` where nothing tells. */
  readonly files: readonly PlanEntry[] | undefined;
  /** Bytes on this device, those of unfinished files included; `undefined` where that cannot be known. */
  readonly cachedBytes: number | undefined;
  /** Whether a load would fetch the runtime's file on top of `files`: nothing tells its size. */
  readonly excludesRuntime: boolean;
}

/** Looks at what a load would need and what of it is on this device. @throws what the import of Transformers.js throws. */
export async function estimateModel(options: EstimateOptions): Promise<EstimatedModel> {
  const { definition, transformers, recall, hasTransfer: isCounted } = options;
  const said = plannedCache(definition.files);
  if (!isTransformersModel(definition) || !transformers) {
    return { files: definition.files, cached: said, newer: undefined, cachedBytes: cachedBytes(definition.files), excludesRuntime: false };
  }
  const module = await resolveTransformers(transformers);
  const remembered = (version: number): readonly PlanEntry[] | undefined => recall(version, addressAtHand(definition, module));
  const { files: found, excludesRuntime } = await estimateFiles(definition, module, { recall: remembered, isCounted });
  // What the page says of its files stands.
  const files = found && said === undefined ? await markUsable(definition, found, module) : found;
  const cached = said ?? (await isOnDevice(definition, files, module));
  // Only what is here can be an older version.
  const newer = files && cached ? await hasNewer(definition, files, module) : undefined;
  const whole = cachedBytes(files);
  const held = whole === undefined ? 0 : await heldBytes(options, files);
  return { files, cached, newer, cachedBytes: whole === undefined ? undefined : whole + held, excludesRuntime };
}

/** Bytes of the files that are on this device whole; `undefined` where nothing tells of some file. */
function cachedBytes(files: readonly PlanEntry[] | undefined): number | undefined {
  if (!files?.length || files.some(({ cached }) => cached === undefined)) return undefined;
  return plannedSize(files.filter(({ cached }) => cached)) ?? 0;
}

/** Bytes that are held of unfinished files. A store that refuses holds nothing that a load could use. */
async function heldBytes(
  { modelKey, definition, transformers, namespace }: EstimateOptions,
  files: readonly PlanEntry[] = [],
): Promise<number> {
  const names = files.map(({ file }) => file);
  const stored = await withLimit(DEVICE_LIMIT, () => storedBytes({ modelKey, definition, transformers, namespace, names })).catch(
    () => undefined,
  );
  return stored?.partialBytes ?? 0;
}
