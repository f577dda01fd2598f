import { platformConnectivity, ProgressStateManager, type DownloadCaller } from '../core/index.js';
import { checkCaller, DownloadTask } from '../core/internal.js';
import { DeviceStorage } from '../model/device-storage.js';
import { ModelTransfer, withPlatformFetch } from '../model/loader/model-transfer.js';
import { createTransformersLoader } from '../model/transformers/loader.js';
import type { TransformersModelDefinition } from '../model/transformers/definition.js';
import type { TransformersSource } from '../model/transformers/module.js';

export {
  installDownloadFetch,
  type InstalledDownloadFetch,
  type InstallDownloadFetchOptions,
} from '../model/transformers/install-download-fetch.js';
export type { ModelLoader, ModelLoaderContext } from '../model/loader/model-transfer.js';
export type { PipelineOptions } from '../model/transformers/pipeline-options.js';
export { createTransformersLoader } from '../model/transformers/loader.js';
export type { TransformersModelDefinition } from '../model/transformers/definition.js';
export { majorVersion, type TransformersModule, type TransformersSource } from '../model/transformers/module.js';

const tasks = new Map<string, DownloadTask<unknown>>();

/**
 * Defines models for {@link loadModelWithProgress}. If a key is defined again, its next load uses the new definition.
 *
 * @param options.transformers The module of Transformers.js, or a function that imports it.
 * @param options.transfer Whether the transfer layer downloads the files. Default `true`.
 */
export function defineModels(
  models: Readonly<Record<string, TransformersModelDefinition>>,
  { transformers, ...options }: { readonly transformers: TransformersSource; readonly transfer?: boolean | undefined },
): void {
  const device = new DeviceStorage({ transformers });
  for (const [modelKey, definition] of Object.entries(models)) {
    const modelName = definition.name ?? modelKey;
    const load = createTransformersLoader(definition, transformers);
    const transfer = options.transfer === false ? undefined : new ModelTransfer(device, { modelKey, definition });
    tasks.set(
      modelKey,
      new DownloadTask({
        modelKey,
        modelName,
        load: transfer ? transfer.wrap(load) : withPlatformFetch(load),
        transfer,
        states: new ProgressStateManager(),
        plan: () => definition.files,
        connectivity: platformConnectivity,
        interactive: false,
      }),
    );
  }
}

/**
 * Loads a defined model and resolves with its pipeline. Two calls for one key share one load.
 *
 * @param onProgress Called with the progress over all files, throttled.
 * @throws RangeError if the key is not defined. Otherwise rejects with the error of the last automatic attempt, or with
 * `signal.reason` when the caller's signal aborts.
 */
export async function loadModelWithProgress<T = unknown>(
  modelKey: string,
  onProgress?: DownloadCaller['onProgress'],
  { signal }: Pick<DownloadCaller, 'signal'> = {},
): Promise<T> {
  const task = tasks.get(modelKey);
  if (!task) throw new RangeError(`No model is defined as "${modelKey}"`);
  const caller = { onProgress, signal };
  checkCaller(caller);
  return (await task.join(caller)) as T;
}
