import type { PlanEntry } from '../core/index.js';
import { addressAtHand } from './address-at-hand.js';
import { estimateFiles } from './estimate-files.js';
import { plannedCache, isTransformersModel, type ModelDefinition } from './model-definition.js';
import { hasNewer, isOnDevice, markUsable, type ModelOnDevice } from './model-on-device.js';
import { resolveTransformers, type TransformersSource } from './transformers-module.js';

/** A model that is to be estimated. */
export interface EstimateOptions {
  readonly definition: ModelDefinition;
  /** The module of Transformers.js, which is imported where that is still to be done. */
  readonly transformers: TransformersSource | undefined;
  /** The files of the last load, by a version of Transformers.js and what their addresses begin with. */
  readonly recall: (version: number, address: string | undefined) => readonly PlanEntry[] | undefined;
}

/** What a load would ask for, and what of it is here. */
export interface EstimatedModel extends ModelOnDevice {
  /** `undefined` where nothing tells. */
  readonly files: readonly PlanEntry[] | undefined;
}

/** Looks at what a load would need and what of it is on this device. @throws what the import of Transformers.js throws. */
export async function estimateModel({ definition, transformers, recall }: EstimateOptions): Promise<EstimatedModel> {
  const said = plannedCache(definition.files);
  if (!isTransformersModel(definition) || !transformers) return { files: definition.files, cached: said, newer: undefined };
  const module = await resolveTransformers(transformers);
  const remembered = (version: number): readonly PlanEntry[] | undefined => recall(version, addressAtHand(definition, module));
  const found = definition.files ? undefined : await estimateFiles(definition, module, remembered);
  const files = definition.files ?? (found && (await markUsable(definition, found, module)));
  const cached = said ?? (await isOnDevice(definition, files, module));
  // Only what is here can be an older version.
  const newer = files && cached ? await hasNewer(definition, files, module) : undefined;
  return { files, cached, newer };
}
