import type { PlanEntry } from '../core/index.js';
import type { ModelPlan } from './model-plan.js';
import type { ModelLoaderContext } from './model-transfer.js';
import type { SharedFiles } from './shared-files.js';
import type { TransformersModelDefinition } from './transformers-model-definition.js';

/** Says which files the load needs, and their sizes, as far as this device knows. */
export function announcePlan(plan: ModelPlan, definition: TransformersModelDefinition, { progress_callback }: ModelLoaderContext): void {
  announceFiles(plan.files, definition, progress_callback);
}

/**
 * Asks the hub for what this device does not know, and says it once it is there, the runtime's file
 * last. Resolves as soon as the model's files are known, or nothing tells them; never rejects.
 */
export async function announceFound(
  plan: ModelPlan,
  shared: SharedFiles,
  definition: TransformersModelDefinition,
  { progress_callback, openFetch, signal }: ModelLoaderContext,
): Promise<void> {
  const [known, runtime] = [plan.files, plan.findRuntime()];
  const files = await plan.find(shared);
  if (files !== known && !signal.aborted) announceFiles(files, definition, progress_callback);
  void runtime.then((found) => {
    // Without the transfer layer its bytes are not told of.
    if (!found || !openFetch || signal.aborted) return;
    const { file, size: total } = found;
    progress_callback({ status: 'transfer', phase: 'planned', name: definition.model, file, loaded: 0, stored: 0, total });
  });
}

function announceFiles(
  files: readonly PlanEntry[] = [],
  { files: own, model: name }: TransformersModelDefinition,
  progress_callback: (event: unknown) => void,
): void {
  if (!own) progress_callback({ status: 'plan', name, files });
}
