import { platformConnectivity, ProgressStateManager } from '../core/index.js';
import { DownloadTask } from '../core/internal.js';
import { AppFiles } from './device/app-files.js';
import { ModelTransfer, withPlatformFetch } from './loader/model-transfer.js';
import type { TransformersModelDefinition } from './transformers/definition.js';
import { createTransformersLoader } from './transformers/loader.js';
import type { TransformersSource } from './transformers/module.js';

/** Options of {@link createModelTask}. */
export interface ModelTaskOptions {
  readonly transformers: TransformersSource;
  /** Whether the transfer layer downloads the files. Default `true`. */
  readonly transfer?: boolean | undefined;
}

/** Creates the task that loads a model outside a `ModelDownloads`. After the automatic retries it rejects. */
export function createModelTask(
  modelKey: string,
  definition: TransformersModelDefinition,
  { transformers, transfer: hasTransfer = true }: ModelTaskOptions,
): DownloadTask<unknown> {
  const load = createTransformersLoader(definition, transformers);
  const transfer = hasTransfer ? new ModelTransfer(new AppFiles({ transformers }), { modelKey, definition }) : undefined;
  return new DownloadTask({
    modelKey,
    modelName: definition.name ?? modelKey,
    load: transfer ? transfer.wrap(load) : withPlatformFetch(load),
    transfer,
    states: new ProgressStateManager(),
    plan: () => definition.files,
    connectivity: platformConnectivity,
    interactive: false,
  });
}
