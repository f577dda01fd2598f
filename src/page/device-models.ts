import type { DownloadStates } from '../core/internal.js';
import { plannedSize, type DeviceStorage } from '../model/index.js';
import { hasRoom } from './has-room.js';
import type { ModelEstimate } from './model-estimate.js';
import type { ModelPlans } from './model-plans.js';
import type { ModelRegistry } from './model-registry.js';

/** The collaborators of {@link DeviceModels}. */
export interface DeviceModelsContext {
  readonly models: ModelRegistry;
  readonly plans: ModelPlans;
  readonly states: DownloadStates;
  readonly device: DeviceStorage;
  /** Whether the transfer layer downloads the files. */
  readonly hasTransfer: boolean;
}

/** Estimates the models of a page. A worker does it for its own models. */
export class DeviceModels {
  readonly #context: DeviceModelsContext;

  constructor(context: DeviceModelsContext) {
    this.#context = context;
  }

  /**
   * Determines the size of a model and its bytes on this device, and writes them into the state.
   *
   * @throws RangeError when the key was never defined; the error of the import of the engine or of Transformers.js.
   */
  async estimate(modelKey: string): Promise<ModelEstimate> {
    const { models, plans, states, device, hasTransfer } = this.#context;
    const definition = models.definitionOf(modelKey);
    const link = models.links.get(modelKey);
    const {
      files: found,
      cached,
      newer,
      cachedBytes,
      excludesRuntime,
    } = link
      ? await link.estimate(modelKey, plans.latest(modelKey, definition))
      : await (
          await device.open()
        ).estimate(modelKey, definition, (version, address) => plans.recall(modelKey, definition, version, address));
    const files = found ?? plans.planOf(modelKey, definition);
    models.downloadOf(modelKey).expect(files);
    const size = plannedSize(files);
    const fits = await hasRoom(size, cached ? size : cachedBytes, hasTransfer);
    states.describeDownload(modelKey, { totalBytes: size, cached, cachedBytes, excludesRuntime, fits });
    this.#describeRestored(modelKey, size, cachedBytes);
    return { size, cached, cachedBytes, excludesRuntime, newer, fits, files };
  }
  /** Writes the bytes that are still stored of a download of an earlier visit: the browser can have deleted them. */
  #describeRestored(modelKey: string, totalBytes: number | undefined, bytesDownloaded: number | undefined): void {
    const { models, states } = this.#context;
    if (bytesDownloaded === undefined || !states.getState(modelKey)?.isRestored || models.downloads.get(modelKey)?.isRunning) return;
    states.updateDownload(modelKey, { totalBytes, bytesDownloaded, kept: true });
  }
}
