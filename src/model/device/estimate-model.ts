import type { PlanEntry } from '../../core/index.js';
import { knownAddress } from '../known-address.js';
import { estimateFiles } from '../transformers/plan/estimate-files.js';
import { plannedCache, plannedSize, isTransformersModel, type ModelDefinition } from '../model-definition.js';
import { hasNewerVersion, markUsableFiles, type DeviceCheck } from './check-device.js';
import { isOnDevice } from './is-on-device.js';
import { ModelFiles } from './model-files.js';
import { addressOf, type PartialFile } from '../../transfer/internal.js';
import { runtimeAddress } from '../transformers/runtime-address.js';
import { isRuntimeFile } from '../transformers/runtime-name.js';
import { DEVICE_LIMIT, withLimit } from '../request-limits.js';
import type { TransformersModule, TransformersSource } from '../transformers/module.js';
import { resolveTransformers } from '../transformers/resolve-module.js';

/** Returns the files of the last load, if it used this version of Transformers.js and this common start of addresses. */
export type RecallEstimate = (version: string | undefined, address: string | undefined) => readonly PlanEntry[] | undefined;

/** What the app contributes to the estimate of one model. */
export interface EstimateSources {
  readonly recall: RecallEstimate;
  /** Whether a load uses the transfer layer, which also counts the runtime's bytes. */
  readonly hasTransfer: boolean;
  /** The stored parts of incomplete files, of all models. */
  readonly partialFiles: () => Promise<readonly PartialFile[]>;
  /** What the model's own loader has stored. */
  readonly ownFiles: () => Promise<OwnFiles>;
}

/** The stored files of a model's own loader. The plan of the model has their names. */
export interface OwnFiles {
  /** The names of the complete files. */
  readonly whole: ReadonlySet<string>;
  /** Name → stored bytes of an incomplete file. */
  readonly partial: ReadonlyMap<string, number>;
}

/** The files that a load would request, and how much of them is on this device. */
export interface EstimatedModel extends DeviceCheck {
  /** The files of the load; `undefined` if no source lists them. */
  readonly files: readonly PlanEntry[] | undefined;
  /** Bytes on this device, including those of incomplete files; `undefined` if they cannot be determined. */
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
  { recall, hasTransfer: isCounted, partialFiles, ownFiles }: EstimateSources,
): Promise<EstimatedModel> {
  const declared = plannedCache(definition.files);
  if (!isTransformersModel(definition) || !transformers) return estimateOwn(definition, ownFiles);
  const module = await resolveTransformers(transformers);
  const recallPlan = (version: string | undefined): readonly PlanEntry[] | undefined => recall(version, knownAddress(definition, module));
  const { files: found, excludesRuntime } = await estimateFiles(definition, module, { recall: recallPlan, isCounted });
  // Values that the page has declared are not overwritten.
  const files = found && declared === undefined ? await markUsableFiles(definition, found, module) : found;
  const cached = declared ?? (await isOnDevice(definition, files, module));
  // Only files on this device can be out of date.
  const newer = files && cached ? await hasNewerVersion(definition, files, module) : undefined;
  const whole = cachedBytes(files);
  const countPartial = async (): Promise<number> =>
    partialBytes(files ?? [], await partialFiles(), ModelFiles.of(module, definition), module);
  // If the store fails, a load cannot read the bytes either.
  const partial = whole === undefined ? 0 : await withLimit(DEVICE_LIMIT, countPartial).catch(() => 0);
  return { files, cached, newer, cachedBytes: whole === undefined ? undefined : whole + partial, excludesRuntime };
}

/**
 * Estimates a model with its own loader from the plan of the page, and from the files that the loader has stored. Other files of the
 * load are unknown.
 */
async function estimateOwn({ files: planned }: ModelDefinition, ownFiles: EstimateSources['ownFiles']): Promise<EstimatedModel> {
  const none: OwnFiles = { whole: new Set(), partial: new Map() };
  const { whole, partial } = planned?.length ? await withLimit(DEVICE_LIMIT, ownFiles).catch(() => none) : none;
  const isKnown = whole.size + partial.size > 0;
  const files = isKnown ? planned?.map((entry) => ({ ...entry, cached: entry.cached ?? whole.has(entry.file) })) : planned;
  const bytes = cachedBytes(files);
  return {
    files,
    cached: plannedCache(files),
    newer: undefined,
    cachedBytes: bytes === undefined ? undefined : bytes + heldOf(files ?? [], (file) => partial.get(file) ?? 0),
    excludesRuntime: false,
  };
}

/** Returns the stored bytes of incomplete files. A load requests only the rest of these files. */
function partialBytes(files: readonly PlanEntry[], partial: readonly PartialFile[], model: ModelFiles, module: TransformersModule): number {
  const lengths = new Map<string, number>();
  for (const { url, length } of partial) lengths.set(addressOf(url), Math.max(length, lengths.get(addressOf(url)) ?? 0));
  const addressesOf = (file: string): readonly string[] => (isRuntimeFile(file) ? [runtimeAddress(module) ?? ''] : model.addressesOf(file));
  return heldOf(files, (file) => Math.max(0, ...addressesOf(file).map((address) => lengths.get(address) ?? 0)));
}

/** Returns the sum of `lengthOf` for the files that are not complete. Of each file at most its size counts. */
function heldOf(files: readonly PlanEntry[], lengthOf: (file: string) => number): number {
  const due = files.filter(({ cached }) => !cached);
  return due.reduce((sum, { file, size = Infinity }) => sum + Math.min(size, lengthOf(file)), 0);
}

/** Bytes of the complete files on this device; `undefined` if the state of a file is unknown. */
function cachedBytes(files: readonly PlanEntry[] | undefined): number | undefined {
  if (!files?.length || files.some(({ cached }) => cached === undefined)) return undefined;
  return plannedSize(files.filter(({ cached }) => cached)) ?? 0;
}
