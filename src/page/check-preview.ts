// Imported for a model whose files are known before a load.
import { isTransformersModel, loadDeviceCheck, plannedCache, plannedSize, sourceOf, type ModelDefinition } from '../model/index.js';
import type { PlanEntry } from '../core/index.js';
import { hasRoom } from './has-room.js';
import type { ModelPreviewsContext } from './model-previews-context.js';

/** Writes whether a model with these files is on this device, and whether the device has space for the rest. */
export async function checkPreview(
  { models, plans, states }: ModelPreviewsContext,
  modelKey: string,
  definition: ModelDefinition,
  plan: readonly PlanEntry[],
): Promise<void> {
  const isOutdated = (): boolean => models.downloads.get(modelKey)?.isRunning === true || models.definitions.get(modelKey) !== definition;
  // The files of a model with its own loader cannot be found before a load.
  const isFound = async (): Promise<boolean | undefined> => {
    if (!isTransformersModel(definition)) return undefined;
    const { isOnDevice } = await loadDeviceCheck();
    // A load that started meanwhile makes the same look-ups, which these would delay.
    if (isOutdated()) return undefined;
    return isOnDevice(definition, plan, plans.moduleFor(modelKey), plans.learned.latest(modelKey, sourceOf(definition))?.address);
  };
  const cached = plannedCache(plan) ?? (await isFound());
  const size = plannedSize(plan);
  const fits = await hasRoom(size, cached ? size : undefined);
  const state = states.getState(modelKey);
  // A load, an estimate or a removal has written newer values.
  if (isOutdated() || state?.cached !== plannedCache(plan) || state?.fits !== undefined) return;
  // The last visit ended between the last byte and the start of the model: nothing is left to resume.
  if (cached && state?.status === 'paused') states.resetDownload(modelKey, { cached });
  states.describeDownload(modelKey, { cached, fits });
}
