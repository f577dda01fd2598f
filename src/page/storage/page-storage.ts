// In: a `ModelDownloads`, and the storage events of its roots. Out: reports, and deleted models. Imported on demand.
import {
  forgetUse,
  lastUseOf,
  plannedSize,
  storeVariant,
  withLimit,
  type StoragePlace,
  type DeviceStorage,
  type ModelDefinition,
  type StoredBytes,
  type StoredModel,
} from '../../model/index.js';
import { fieldsOf, type DownloadStates } from '../../core/internal.js';
import type { ModelStorage, StorageReport } from '../../protocol/index.js';
import type { ModelPlans } from '../model-plans.js';
import type { ModelRegistry } from '../model-registry.js';
import { readBrowserStorage, requestPersistenceAgain } from './browser-storage.js';
import { readOtherStorage } from './other-storage.js';
import { sharedWith } from './shared-models.js';
import { addOwner, findOwners } from './page-owners.js';

/** How long a model may take to be measured, in ms: a worker that runs a model does not respond. */
const MEASURE_LIMIT = 30_000;

/** Resolves when no deletion runs. */
let removals: Promise<unknown> = Promise.resolve();

/** The collaborators of a {@link PageStorage}. */
export interface PageStorageContext {
  readonly models: ModelRegistry;
  readonly plans: ModelPlans;
  readonly states: DownloadStates;
  readonly device: DeviceStorage;
  /** Where the times of the last loads are stored. */
  readonly uses: StoragePlace;
}

/** The used part of a connection to a root. */
interface StorageConnection {
  isWriterOf(modelKey: string): boolean;
}

/** Measures and deletes the models of a page on this device. A worker does so for its own models. */
export class PageStorage {
  readonly #context: PageStorageContext;

  constructor(context: PageStorageContext) {
    this.#context = context;
    addOwner(context);
  }

  /**
   * Measures the models of the page, and reads what else is stored.
   *
   * @param isIncluded Whether a model is part of the report. Default: each model.
   * @throws DOMException `InvalidStateError` after the manager was disposed.
   */
  async report(isIncluded: (modelKey: string) => boolean = () => true): Promise<StorageReport> {
    const { models } = this.#context;
    models.throwIfDisposed();
    const included = [...models.definitions].filter(([modelKey]) => isIncluded(modelKey));
    const browser = readBrowserStorage();
    const measured = await Promise.all(included.map(([modelKey, definition]) => this.#measure(modelKey, definition)));
    // This follows the measurements: by then each manager that received the same query has been added by `addOwner()`.
    const others = await readOtherStorage(await findOwners().catch(() => () => false));
    return {
      models: measured.flatMap((model) => model ?? []),
      unmeasured: included.flatMap(([modelKey], index) => (measured[index] ? [] : modelKey)),
      others,
      ...(await browser),
    };
  }

  /**
   * Ends the download of a model and deletes its files. Resolves after the deletions that were running.
   *
   * @throws RangeError when the key was never defined; the error of the import of Transformers.js; DownloadFailure `timeout` when the
   * browser’s cache does not respond.
   */
  async remove(modelKey: string): Promise<void> {
    const removing = this.#remove(modelKey);
    removals = Promise.allSettled([removals, removing]);
    await removals;
    await removing;
  }

  async #remove(modelKey: string): Promise<void> {
    const { models, states, device, uses } = this.#context;
    const definition = models.definitionOf(modelKey);
    const { links, downloads } = models;
    const link = links.get(modelKey);
    // In a worker, `release()` also deletes the files.
    await (link ? link.downloadOf(modelKey, definition) : downloads.get(modelKey))?.release();
    downloads.delete(modelKey);
    if (!link) await (await device.open()).remove(this.#storedModel(modelKey, definition));
    forgetUse(uses, modelKey);
    storeVariant(uses, modelKey, undefined);
    for (const other of sharedWith(modelKey, models.definitions)) states.describeDownload(other, { cached: false, cachedBytes: 0 });
    states.resetDownload(modelKey, { cached: false });
  }

  /**
   * Handles a storage event, unless the page has called `preventDefault()`. Resolves with the value for the event's `answer()`.
   *
   * @param connection The connection of the event's root.
   * @throws Rejects with the error of a deletion.
   */
  async handle(event: Event, connection: StorageConnection): Promise<StorageReport | boolean | undefined> {
    if (event.defaultPrevented) return undefined;
    if (event.type === 'model-storage-query') return this.report((modelKey) => connection.isWriterOf(modelKey));
    if (event.type === 'model-storage-persist-request') return requestPersistenceAgain();
    const { modelKey } = fieldsOf((event as CustomEvent<unknown>).detail);
    if (typeof modelKey !== 'string' || !connection.isWriterOf(modelKey)) return undefined;
    const { models } = this.#context;
    const deletion = this.remove(modelKey);
    models.removed = Promise.allSettled([models.removed, deletion]);
    await deletion;
    return undefined;
  }

  /** Measures a model; resolves with `undefined` if the measurement fails or takes too long. */
  async #measure(modelKey: string, definition: ModelDefinition): Promise<ModelStorage | undefined> {
    const { models, plans, states, uses } = this.#context;
    try {
      const { bytes, partialBytes, isComplete } = await withLimit(MEASURE_LIMIT, () => this.#storedBytes(modelKey, definition));
      return {
        modelKey,
        modelName: definition.name ?? modelKey,
        bytes,
        partialBytes,
        totalBytes: plannedSize(plans.planOf(modelKey, definition)),
        isComplete,
        lastUsed: lastUseOf(uses, modelKey),
        status: states.getState(modelKey)?.status ?? 'idle',
        sharedWith: sharedWith(modelKey, models.definitions),
      };
    } catch {
      return undefined;
    }
  }

  async #storedBytes(modelKey: string, definition: ModelDefinition): Promise<StoredBytes> {
    const { models, device } = this.#context;
    const link = models.links.get(modelKey);
    if (link) return link.storage(modelKey, definition);
    return (await device.open()).measure(this.#storedModel(modelKey, definition));
  }

  #storedModel(modelKey: string, definition: ModelDefinition): StoredModel {
    return { modelKey, definition, names: () => this.#context.plans.planOf(modelKey, definition)?.map(({ file }) => file) };
  }
}
