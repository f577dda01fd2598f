import type { DownloadVariant } from '../core/index.js';
import type { DownloadStates } from '../core/internal.js';
import {
  isTransformersModel,
  lastSpeedOf,
  plannedSize,
  sourceOf,
  storedVariant,
  withVariant,
  type DeviceStorage,
  type StoragePlace,
  type ModelDefinition,
  type RecallEstimate,
} from '../model/index.js';
import { hasRoom } from './has-room.js';
import type { ModelEstimate, VariantEstimate } from './model-estimate.js';
import { ModelPreviews } from './model-previews.js';
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
  /** Where the speed of the last download is stored. */
  readonly uses: StoragePlace;
}

/** The definitions of models of which a variant was chosen on this visit. */
const chosen = new WeakSet<ModelDefinition>();

/** Estimates the models of a page. A worker estimates its own models. */
export class DeviceModels {
  readonly #context: DeviceModelsContext;

  constructor(context: DeviceModelsContext) {
    this.#context = context;
  }

  /**
   * Determines the size of a model and its bytes on this device, and those of its variants, and writes them into the state.
   *
   * @throws RangeError when the key was never defined; the error of the import of the engine or of Transformers.js.
   */
  async estimate(modelKey: string): Promise<ModelEstimate> {
    const { models, plans, states, uses } = this.#context;
    const lastSpeed = lastSpeedOf(uses);
    const base = this.#baseOf(modelKey);
    // Written before the imports, which take longer on a slow connection.
    states.describeDownload(modelKey, { lastSpeed });
    const variants = await this.#estimateVariants(modelKey, base);
    const first = variants[0] ?? (await this.#estimateDefinition(modelKey, base));
    // The page has defined the model again meanwhile.
    if (this.#baseOf(modelKey) !== base) return this.estimate(modelKey);
    this.#preferFitting(modelKey, variants);
    // Read now: a variant may have been chosen meanwhile.
    const definition = models.definitionOf(modelKey);
    const own = variants.find(({ variant }) => variant === definition.variant) ?? first;
    const { size, cached, cachedBytes, excludesRuntime, fits, newer, files = plans.planOf(modelKey, definition) } = own;
    models.downloadOf(modelKey).expect(files);
    await this.#describeRestored(modelKey, { size, cachedBytes, lastSpeed });
    states.describeDownload(modelKey, {
      totalBytes: size,
      cached,
      cachedBytes,
      excludesRuntime,
      fits,
      lastSpeed,
      variants: variants.length > 0 ? variants.map(describeVariant) : undefined,
    });
    return { size, cached, cachedBytes, excludesRuntime, newer, fits, files, variants };
  }

  /**
   * Sets the variant that the next loads use. Without effect for an unknown variant, or while the model is loading or loaded. If
   * the variant is another than before, the model has a new first state.
   *
   * @throws RangeError when the key was never defined.
   */
  choose(modelKey: string, variant: unknown): void {
    const { models, states } = this.#context;
    models.definitionOf(modelKey);
    if (typeof variant !== 'string' || !this.#setVariant(modelKey, variant)) return;
    const { variants, lastSpeed } = states.getState(modelKey) ?? {};
    const found = variants?.find((known) => known.variant === variant);
    // An incomplete download belongs to the previous variant.
    states.resetDownload(modelKey);
    if (!found) return void new ModelPreviews(this.#context).reset(modelKey);
    models.dropDownload(modelKey);
    const { totalBytes, cached, cachedBytes, excludesRuntime, fits } = found;
    states.describeDownload(modelKey, { variant, variants, totalBytes, cached, cachedBytes, excludesRuntime, fits, lastSpeed });
  }

  /** The definition of the page, without the changes of the chosen variant. */
  #baseOf(modelKey: string): ModelDefinition {
    const { models } = this.#context;
    return models.bases.get(modelKey) ?? models.definitionOf(modelKey);
  }

  /** Sets the variant unless it is unknown or the model is running. Returns whether another variant was set before. */
  #setVariant(modelKey: string, variant: string): boolean {
    const { models } = this.#context;
    const base = models.bases.get(modelKey);
    if (!base?.variants || !Object.hasOwn(base.variants, variant) || models.downloads.get(modelKey)?.isRunning) return false;
    chosen.add(base);
    const { variant: previous } = models.definitionOf(modelKey);
    models.setDefinition(modelKey, base, models.links.get(modelKey), variant);
    return previous !== variant;
  }

  /** Estimates each variant of a model. */
  #estimateVariants(modelKey: string, base: ModelDefinition): Promise<readonly VariantEstimate[]> {
    const variants = Object.entries<{ readonly name?: string | undefined }>(base.variants ?? {});
    return Promise.all(
      variants.map(async ([variant, { name = variant }]) => ({
        variant,
        name,
        ...(await this.#estimateDefinition(modelKey, withVariant(base, variant))),
      })),
    );
  }

  async #estimateDefinition(modelKey: string, definition: ModelDefinition): Promise<Omit<ModelEstimate, 'variants'>> {
    const { models, plans, device } = this.#context;
    const link = models.links.get(modelKey);
    const recall: RecallEstimate = (version, address) => plans.learned.recall(modelKey, sourceOf(definition), { version, address });
    const estimated = link ? await link.estimate(modelKey, definition) : await (await device.open()).estimate(modelKey, definition, recall);
    const { cached, newer, cachedBytes, excludesRuntime, files = plans.planOf(modelKey, definition) } = estimated;
    const size = plannedSize(files);
    const fits = await hasRoom(size, cachedBytes ?? (cached ? size : undefined));
    return { size, cached, cachedBytes, excludesRuntime, newer, fits, files };
  }

  /** Sets the first variant that fits on this device, if neither the user nor the page has chosen a variant. */
  #preferFitting(modelKey: string, variants: readonly VariantEstimate[]): void {
    const { models, states, uses } = this.#context;
    const base = models.bases.get(modelKey);
    const isChosen = !base || chosen.has(base) || (storedVariant(uses, modelKey) ?? base.variant) !== undefined;
    const fitting = isChosen ? undefined : variants.find(({ fits }) => fits !== false);
    if (fitting && this.#setVariant(modelKey, fitting.variant)) states.describeDownload(modelKey, { variant: fitting.variant });
  }

  /** Writes how many bytes of an earlier visit's download are still stored: the browser may have deleted some. */
  async #describeRestored(modelKey: string, { size, cachedBytes, lastSpeed }: RestoredFacts): Promise<void> {
    const { models, states } = this.#context;
    const isOffered = (): boolean => states.getState(modelKey)?.isRestored === true && !models.downloads.get(modelKey)?.isRunning;
    if (!isOffered()) return;
    const bytesDownloaded = await this.#storedBytes(modelKey, cachedBytes);
    if (!isOffered()) return;
    // Nothing is left to continue.
    if (bytesDownloaded === 0) return void states.resetDownload(modelKey);
    const totalBytes = size ?? states.getState(modelKey)?.totalBytes;
    states.updateDownload(modelKey, { ...(bytesDownloaded === undefined ? {} : { bytesDownloaded, kept: true }), totalBytes, lastSpeed });
  }

  /** Bytes of the complete and the incomplete files of a model; `undefined` if its files cannot be found before a load. */
  async #storedBytes(modelKey: string, estimated: number | undefined): Promise<number | undefined> {
    const { models, plans, device } = this.#context;
    const definition = models.definitionOf(modelKey);
    // The estimate counts only files that the plan of the page names: 0 does not prove that no bytes are stored.
    if (!isTransformersModel(definition)) return estimated === 0 ? undefined : estimated;
    if (estimated !== undefined) return estimated;
    const link = models.links.get(modelKey);
    const names = (): readonly string[] | undefined => plans.planOf(modelKey, definition)?.map(({ file }) => file);
    const { bytes, partialBytes } = link
      ? await link.storage(modelKey, definition)
      : await (await device.open()).measure({ modelKey, definition, names });
    return bytes + partialBytes;
  }
}

/** What an estimate has found out about a download of an earlier visit. */
type RestoredFacts = Pick<ModelEstimate, 'size' | 'cachedBytes'> & { readonly lastSpeed: number | undefined };

function describeVariant({ variant, name, size, cached, cachedBytes, excludesRuntime, fits }: VariantEstimate): DownloadVariant {
  return { variant, name, totalBytes: size, cached, cachedBytes, excludesRuntime, fits };
}
