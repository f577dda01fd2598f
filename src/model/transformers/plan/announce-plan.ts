import type { ModelPlan } from './find-plan.js';
import type { ModelLoaderContext } from '../../loader/model-transfer.js';
import type { RuntimeFile } from '../runtime-file.js';
import type { SharedFiles } from '../shared-files.js';
import type { TransformersModelDefinition } from '../definition.js';

/** Reports the files and sizes of the load that are known without a request. */
export function announcePlan(plan: ModelPlan, definition: TransformersModelDefinition, context: ModelLoaderContext): void {
  // The runtime is reported first, so that the total always includes it.
  announceRuntime(plan.runtime, definition, context);
  announceFiles(plan, definition, context);
}

/**
 * Requests the unknown files and sizes from the hub, and reports them when they arrive, the runtime's file last. Resolves
 * when the model's files are known, or no source lists them. Never rejects.
 */
export async function announceFound(
  plan: ModelPlan,
  shared: SharedFiles,
  definition: TransformersModelDefinition,
  context: ModelLoaderContext,
): Promise<void> {
  await plan.recalled;
  const [known, reported, runtime] = [plan.files, plan.runtime, plan.findRuntime()];
  const files = await plan.find(shared);
  if (files !== known && !context.signal.aborted) announceFiles(plan, definition, context);
  void runtime.then((found) => {
    if (found?.size !== reported?.size && !context.signal.aborted) announceRuntime(found, definition, context);
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
  // Without the transfer layer the runtime's bytes are not reported.
  if (runtime?.file === undefined || runtime.size === undefined || !openFetch) return;
  report({ status: 'transfer', phase: 'planned', name, file: runtime.file, loaded: 0, stored: 0, total: runtime.size });
}
