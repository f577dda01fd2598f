import type { FetchLike } from '../core/index.js';
import { originalFetch } from './fetch-hook.js';
import type { ModelPlan, RecallPlan } from './model-plan.js';
import type { ModelLoaderContext } from './model-transfer.js';
import type { TransformersModelDefinition } from './transformers-model-definition.js';
import type { TransformersModule } from './transformers-module.js';

/** Says which files the load needs, and their sizes, before the first of them is asked for. */
export async function announcePlan(
  transformers: TransformersModule,
  definition: TransformersModelDefinition,
  { progress_callback, openFetch, signal }: ModelLoaderContext,
  recall: RecallPlan | undefined,
): Promise<ModelPlan> {
  const { findPlan } = await import('./model-plan.js');
  const request = originalFetch(transformers);
  const fetch: FetchLike = (input, init) => request(input, { ...init, signal });
  const plan = await findPlan({ transformers, definition, fetch, recall });
  signal.throwIfAborted();
  const { files = [], runtime } = plan;
  const { model: name } = definition;
  if (!definition.files) progress_callback({ status: 'plan', name, files });
  // Without the transfer layer nobody would hear of it again.
  if (runtime && openFetch) {
    const { file, size: total } = runtime;
    progress_callback({ status: 'transfer', phase: 'planned', name, file, loaded: 0, stored: 0, total });
  }
  return plan;
}
