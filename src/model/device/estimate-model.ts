import type { PlanEntry } from '../../core/index.js';
import { knownAddress } from '../known-address.js';
import { estimateFiles } from '../transformers/plan/estimate-files.js';
import { plannedCache, plannedSize, isTransformersModel, type ModelDefinition } from '../model-definition.js';
import { hasNewerVersion, markUsableFiles, type DeviceCheck } from './check-device.js';
import { isOnDevice } from './is-on-device.js';
import { DEVICE_LIMIT, withLimit } from '../request-limits.js';
import type { TransformersSource } from '../transformers/module.js';
import { resolveTransformers } from '../transformers/resolve-module.js';

/** Returns the files of the last load, if it used this version of Transformers.js and this common start of addresses. */
export type RecallEstimate = (version: number, address: string | undefined) => readonly PlanEntry[] | undefined;

/** What the app contributes to the estimate of one model. */
export interface EstimateSources {
  readonly recall: RecallEstimate;
  /** Whether a load uses the transfer layer, which also counts the runtime's bytes. */
  readonly hasTransfer: boolean;
  /** Counts the stored bytes of unfinished files. */
  readonly partialBytes: (files: readonly PlanEntry[]) => Promise<number>;
}

/** The files that a load would request, and how much of them is on this device. */
export interface EstimatedModel extends DeviceCheck {
  /** The files of the load; `undefined` if no source lists them. */
  readonly files: readonly PlanEntry[] | undefined;
  /** Bytes on this device, including those of unfinished files; `undefined` if they cannot be determined. */
  readonly cachedBytes: number | undefined;
  /** Whether a load would also fetch the runtime's file, whose size is unknown and not part of `files`. */
  readonly excludesRuntime: boolean;
}

/**
 * Estimates which files a load would request, and how much of them is on this device.
 *
 * @throws Rejects with the error of the import of Transformers.js.
 */
export async function estimateModel(
  definition: ModelDefinition,
  transformers: TransformersSource | undefined,
  { recall, hasTransfer: isCounted, partialBytes }: EstimateSources,
): Promise<EstimatedModel> {
  const declared = plannedCache(definition.files);
  if (!isTransformersModel(definition) || !transformers) {
    return {
      files: definition.files,
      cached: declared,
      newer: undefined,
      cachedBytes: cachedBytes(definition.files),
      excludesRuntime: false,
    };
  }
  const module = await resolveTransformers(transformers);
  const recallPlan = (version: number): readonly PlanEntry[] | undefined => recall(version, knownAddress(definition, module));
  const { files: found, excludesRuntime } = await estimateFiles(definition, module, { recall: recallPlan, isCounted });
  // Values that the page has declared are not overwritten.
  const files = found && declared === undefined ? await markUsableFiles(definition, found, module) : found;
  const cached = declared ?? (await isOnDevice(definition, files, module));
  // Only files on this device can be out of date.
  const newer = files && cached ? await hasNewerVersion(definition, files, module) : undefined;
  const whole = cachedBytes(files);
  // If the store fails, a load cannot read the bytes either.
  const partial = whole === undefined ? 0 : await withLimit(DEVICE_LIMIT, () => partialBytes(files ?? [])).catch(() => 0);
  return { files, cached, newer, cachedBytes: whole === undefined ? undefined : whole + partial, excludesRuntime };
}

/** Bytes of the whole files on this device; `undefined` if the state of a file is unknown. */
function cachedBytes(files: readonly PlanEntry[] | undefined): number | undefined {
  if (!files?.length || files.some(({ cached }) => cached === undefined)) return undefined;
  return plannedSize(files.filter(({ cached }) => cached)) ?? 0;
}
