import type { DownloadCaller } from '../core/index.js';
import { checkCaller, checkOptions, describeValue, DownloadCallers, type DownloadTask } from '../core/internal.js';
import { checkDefinition, requireTransformers } from '../model/check-definition.js';
import { checkDownloadOptions } from '../model/check-options.js';
import { loadEngine } from '../model/load-engine.js';
import { withVariant } from '../model/model-variant.js';
import type { ModelTaskOptions } from '../model/model-task.js';
import type { TransformersModelDefinition } from '../model/transformers/definition.js';

export {
  installDownloadFetch,
  type InstalledDownloadFetch,
  type InstallDownloadFetchOptions,
} from '../model/transformers/install-download-fetch.js';
export type { ModelLoader, ModelLoaderContext } from '../model/loader/model-transfer.js';
export type { PipelineOptions } from '../model/transformers/pipeline-options.js';
export { createTransformersLoader } from '../model/transformers/loader.js';
export type { TransformersModelDefinition, TransformersModelVariant } from '../model/transformers/definition.js';
export { majorVersion } from '../model/transformers/major-version.js';
export type { TransformersModule, TransformersSource } from '../model/transformers/module.js';

/** A defined model, and the task that its loads share, which the first load creates. */
interface Model {
  readonly definition: TransformersModelDefinition;
  readonly options: ModelTaskOptions;
  task?: DownloadTask<unknown>;
}

const models = new Map<string, Model>();

/**
 * Defines models for {@link loadModelWithProgress}. If a key is defined again, its next load uses the new definition.
 *
 * @param options.transformers The module of Transformers.js, or a function that imports it.
 * @param options.transfer Whether the transfer layer downloads the files. Default `true`.
 * @throws TypeError if a definition or an option has a wrong type or is missing; RangeError for a size below 0. No model is then
 * defined.
 */
export function defineModels(definitions: Readonly<Record<string, TransformersModelDefinition>>, options: ModelTaskOptions): void {
  checkOptions(definitions, {}, 'models.');
  checkDownloadOptions(options);
  const entries = Object.entries(definitions);
  for (const [modelKey, definition] of entries) {
    checkDefinition(modelKey, definition, options.transformers);
    requireTransformers(modelKey, definition, options.transformers);
  }
  for (const [modelKey, definition] of entries)
    models.set(modelKey, { definition: withVariant(definition) as TransformersModelDefinition, options });
}

/**
 * Loads a defined model and resolves with its pipeline. Two calls for one key share one load.
 *
 * @param onProgress Called with the progress over all files, throttled.
 * @throws RangeError if the key is not defined; TypeError if an argument has a wrong type. Otherwise rejects with the error of
 * the last automatic attempt, or with `signal.reason` when the caller's signal aborts.
 */
export async function loadModelWithProgress<T = unknown>(
  modelKey: string,
  onProgress?: DownloadCaller['onProgress'],
  options: Pick<DownloadCaller, 'signal'> = {},
): Promise<T> {
  const model = models.get(modelKey);
  if (!model) throw new RangeError(`No model is defined as ${describeValue(modelKey)}`);
  checkCaller(options);
  const { signal } = options;
  const caller = { onProgress, signal };
  checkCaller(caller);
  signal?.throwIfAborted();
  // An abort rejects immediately, even during the import.
  const { createModelTask } = await new DownloadCallers(() => undefined).join({ signal }, loadEngine());
  model.task ??= createModelTask(modelKey, model.definition, model.options);
  return (await model.task.join(caller)) as T;
}
