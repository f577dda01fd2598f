import type { DownloadStates } from '../core/internal.js';
import { plannedSize, type DeviceStorage, type ModelDefinition, type StoredModel } from '../model/index.js';
import { hasRoom } from './has-room.js';
import type { ModelEstimate } from './model-estimate.js';
import type { ModelPlans } from './model-plans.js';
import type { ModelRegistry } from './model-registry.js';
import type { ModelStorage } from './model-storage.js';

/** The collaborators of {@link DeviceModels}. */
export interface DeviceModelsContext {
  readonly models: ModelRegistry;
  readonly plans: ModelPlans;
  readonly states: DownloadStates;
  readonly device: DeviceStorage;
  /** Whether the transfer layer downloads the files. */
  readonly hasTransfer: boolean;
}

/** Estimates, measures and deletes the models of a page on this device. A worker does it for its own models. */
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
    return { size, cached, cachedBytes, excludesRuntime, newer, fits, files };
  }

  /** Measures the storage of each defined model. */
  async measure(): Promise<readonly ModelStorage[]> {
    const { definitions } = this.#context.models;
    return Promise.all([...definitions].map(([modelKey, definition]) => this.#measureModel(modelKey, definition)));
  }

  /** Deletes the files of a model of this realm, whose download has ended. */
  async remove(modelKey: string, definition: ModelDefinition): Promise<void> {
    const files = await this.#context.device.open();
    await files.remove(this.#storedModel(modelKey, definition));
  }

  async #measureModel(modelKey: string, definition: ModelDefinition): Promise<ModelStorage> {
    const { models, plans, device } = this.#context;
    const link = models.links.get(modelKey);
    const { bytes, partialBytes } = link
      ? await link.storage(modelKey, plans.latest(modelKey, definition))
      : await (await device.open()).measure(this.#storedModel(modelKey, definition));
    return { modelKey, bytes, partialBytes };
  }

  #storedModel(modelKey: string, definition: ModelDefinition): StoredModel {
    return { modelKey, definition, names: () => this.#context.plans.planOf(modelKey, definition)?.map(({ file }) => file) };
  }
}
