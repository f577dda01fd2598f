import type { ModelPlan } from './find-plan.js';
import type { ModelLoaderContext } from '../../loader/model-transfer.js';
import type { RuntimeFile } from '../runtime-file.js';
import type { SharedFiles } from '../shared-files.js';
import type { TransformersModelDefinition } from '../definition.js';

/** Says which files the load needs, and their sizes, as far as this device knows. */
export function announcePlan(plan: ModelPlan, definition: TransformersModelDefinition, context: ModelLoaderContext): void {
  // First, so that the total is never shown without it.
  announceRuntime(plan.runtime, definition, context);
  announceFiles(plan, definition, context);
}

/**
 * Asks the hub for what this device does not know, and says it once it is there, the runtime's file
 * last. Resolves as soon as the model's files are known, or nothing tells them; never rejects.
 */
export async function announceFound(
  plan: ModelPlan,
  shared: SharedFiles,
  definition: TransformersModelDefinition,
  context: ModelLoaderContext,
): Promise<void> {
  const [known, said, runtime] = [plan.files, plan.runtime, plan.findRuntime()];
  const files = await plan.find(shared);
  if (files !== known && !context.signal.aborted) announceFiles(plan, definition, context);
  void runtime.then((found) => {
    if (found?.size !== said?.size && !context.signal.aborted) announceRuntime(found, definition, context);
  });
}

function announceFiles({ files = [] }: ModelPlan, { model: name }: TransformersModelDefinition, { report }: ModelLoaderContext): void {
  report({ status: 'plan', name, files });
}

function announceRuntime(
  runtime: RuntimeFile | undefined,
  { model: name }: TransformersModelDefinition,
  { report, openFetch }: ModelLoaderContext,
): void {
  // Without the transfer layer its bytes are not told of.
  if (runtime?.file === undefined || runtime.size === undefined || !openFetch) return;
  report({ status: 'transfer', phase: 'planned', name, file: runtime.file, loaded: 0, stored: 0, total: runtime.size });
}
