// In: the origin of the files of a model, and the reports of their downloads. Out: the fetch functions of an attempt, and each report.
import type { DownloadLoaderContext, FetchLike } from '../../core/index.js';
import { addressOf, createDownloadFetch, type DownloadFetch, type FileProgressReport, type PartialFile } from '../../transfer/internal.js';
import type { ModelDownloadOptions } from '../download-options.js';
import { FileNames } from '../loader/file-names.js';
import type { FileOrigin } from '../loader/model-loader.js';
import { isTransformersModel, type ModelDefinition } from '../model-definition.js';
import type { TransformersModelDefinition } from '../transformers/definition.js';
import { modelAddress } from '../transformers/model-address.js';
import { importedTransformers, type TransformersSource } from '../transformers/module.js';
import { resolveTransformers } from '../transformers/resolve-module.js';
import { isRuntimeFile, runtimeFileOf } from '../transformers/runtime-name.js';
import { AttemptFiles } from './attempt-files.js';
import { BegunFiles } from './begun-files.js';
import { estimateModel, type EstimatedModel, type RecallEstimate } from './estimate-model.js';
import { createCompleteFileFetch } from './complete-file-fetch.js';
import { CompleteFiles } from './complete-files.js';
import { ModelFiles } from './model-files.js';
import { PartialFiles } from './partial-files.js';

/** The options of an app that determine its files on this device. */
export type AppFilesOptions = Pick<ModelDownloadOptions, 'namespace' | 'clock' | 'verify' | 'connections' | 'transformers' | 'transfer'>;

/** A model whose files on this device are counted, deleted or downloaded. */
export interface StoredModel {
  readonly modelKey: string;
  readonly definition: ModelDefinition;
  /** Returns the known paths of the model's files: the `customCache` of a page may be unable to list its entries. Default: none. */
  readonly names?: (() => readonly string[] | undefined) | undefined;
}

/** Bytes of a model on this device. */
export interface StoredBytes {
  /** Bytes of complete files. */
  readonly bytes: number;
  /** Stored bytes of incomplete files. */
  readonly partialBytes: number;
  /** Whether all known files of the model are complete; `undefined` if no file is known. */
  readonly isComplete: boolean | undefined;
}

/** One attempt to load a model, which uses and observes its downloads. */
export interface AttemptPort extends Pick<DownloadLoaderContext, 'recover' | 'canRecover'> {
  /** Aborts the downloads of the attempt; `undefined` if they continue after it. */
  readonly signal: AbortSignal | undefined;
  /** Makes the requests. */
  readonly fetch: FetchLike;
  readonly onProgress: (url: string, progress: FileProgressReport) => void;
  /** Called once when bytes cannot be stored. */
  readonly onFull: () => void;
  /** Called when a download has failed for good. */
  readonly onFailure: (cause: unknown, url: string) => void;
}

/** What is known about the addresses of a model's files. */
interface OwnerFacts {
  readonly names?: readonly string[] | undefined;
  readonly learned?: string | undefined;
  readonly source?: TransformersSource | undefined;
}

/** The functions by which an attempt downloads the files of an origin. */
export interface AttemptFetch {
  readonly fetch: DownloadFetch;
  /** As `fetch`, and stores complete files. */
  readonly keep: FetchLike;
  /** The files that were delivered whole. */
  readonly files: AttemptFiles;
}

/** The stored files of one app, apart from those of other apps of the origin. */
export class AppFiles {
  readonly #options: AppFilesOptions;
  readonly #partial: PartialFiles;

  constructor(options: AppFilesOptions) {
    this.#options = options;
    this.#partial = new PartialFiles(options.namespace, options.clock);
  }

  /**
   * Counts the bytes that a model occupies.
   *
   * @throws Rejects with the error of the import of Transformers.js; with DownloadFailure `timeout` if the cache hangs.
   */
  async measure(model: StoredModel): Promise<StoredBytes> {
    const { whole, partial } = await this.#find(model);
    const { bytes, usable, isComplete } = await whole.measure();
    // Until the load ends, a complete file is also stored in parts.
    const unfinished = partial.filter(({ url }) => !usable.has(addressOf(url)));
    const partialBytes = unfinished.reduce((sum, { length }) => sum + length, 0);
    return { bytes, partialBytes, isComplete: isComplete ?? (partialBytes > 0 ? false : undefined) };
  }

  /**
   * Deletes all complete and incomplete files of a model.
   *
   * @throws Rejects with the error of the import of Transformers.js; with DownloadFailure `timeout` if the cache hangs.
   */
  async remove(model: StoredModel): Promise<void> {
    const { whole, partial, owns } = await this.#find(model);
    await Promise.all([whole.remove(), ...partial.map(({ url }) => this.#partial.store.delete(url))]);
    // A download that was cancelled a moment ago may be storing its last bytes.
    await this.#partial.drop(({ url }) => owns(addressOf(url)));
    await this.#removeRuntime();
  }

  /** Deletes the stored parts of the runtime's file, unless another model has stored parts: its load will need the runtime. */
  async #removeRuntime(): Promise<void> {
    const isRuntime = ({ url }: Pick<PartialFile, 'url'>): boolean => runtimeFileOf(addressOf(url)) !== undefined;
    const rest = await this.#partial.select(() => true);
    if (rest.length > 0 && rest.every(isRuntime)) await this.#partial.drop(isRuntime, 0);
  }

  /**
   * Estimates which files a load would request, and how much of them is on this device.
   *
   * @throws Rejects with the error of the import of Transformers.js.
   */
  estimate(modelKey: string, definition: ModelDefinition, recall: RecallEstimate): Promise<EstimatedModel> {
    const { transformers, transfer = true } = this.#options;
    return estimateModel(definition, transformers, {
      recall,
      hasTransfer: transfer,
      partialFiles: () => this.#partial.select(() => true),
      ownFiles: async () => {
        const names = definition.files?.map(({ file }) => file);
        const { whole, partial } = await this.#findOwn(modelKey, names);
        const fileNames = new FileNames(names);
        return {
          whole: await whole.storedNames(),
          partial: new Map(partial.map(({ url, length }) => [fileNames.of(addressOf(url)), length])),
        };
      },
    });
  }

  /**
   * Returns a function that tests whether an address belongs to a file of the model.
   *
   * @param facts.names The known paths of its files.
   * @param facts.learned The common start of their addresses in the last load; `undefined` if there was none.
   * @param facts.source The Transformers.js that loads the model, if it is in this realm. Until the module is imported, `learned`
   * determines the addresses, or without it the default settings of Transformers.js.
   */
  ownerOf(definition: TransformersModelDefinition, { names = [], learned, source }: OwnerFacts): (address: string) => boolean {
    const module = importedTransformers(source);
    const address = learned ?? modelAddress({ env: {} }, definition.model, definition.options ?? {});
    const files = module ? ModelFiles.of(module, definition, names) : ModelFiles.at(address, names);
    return (url) => files.owns(url);
  }

  /** Opens the functions by which an attempt downloads the files of an origin. */
  openFetch({ modelKey, definition }: StoredModel, origin: FileOrigin, { onProgress, ...attempt }: AttemptPort): AttemptFetch {
    const { namespace, clock, verify, connections } = this.#options;
    const { cache, background, lookUp, passesErrors } = origin;
    const readWhole = async (url: string): Promise<Response | undefined> => cache?.match(url);
    // The sweep reads the whole store, which would delay the load. It runs when the first bytes arrive, to make room for them, or
    // else after the load. An origin that outlives the load does not sweep.
    let isSwept = origin.outlivesLoad === true;
    const sweep = async (): Promise<void> => {
      if (isSwept) return;
      isSwept = true;
      await this.#partial.sweep(readWhole);
    };
    // For a model of Transformers.js the addresses follow from the definition, so they need not be stored.
    const begun = isTransformersModel(definition) ? undefined : new BegunFiles(modelKey, namespace);
    const files = new AttemptFiles(origin, { partial: this.#partial, begun, sweep });
    const fetch = createDownloadFetch({
      ...attempt,
      clock,
      namespace,
      verify,
      connections,
      lookUp,
      passesErrors,
      store: this.#partial.store,
      readWhole: cache && readWhole,
      onComplete: background && ((url, body) => background.hold(url, body)),
      onProgress: (url, progress) => {
        if (progress.phase === 'receiving') {
          begun?.add(url);
          void sweep();
        }
        if (progress.phase === 'done') files.addFinished(url, progress.loaded);
        onProgress(url, progress);
      },
    });
    const keep = createCompleteFileFetch({
      files: new CompleteFiles(modelKey, namespace),
      fetch,
      verify,
      clock,
      onWrong: attempt.onFailure,
      onKeeping: (url, kept) => files.addStored(url, kept),
      onStored: (url, size) => {
        files.addStored(url, Promise.resolve(true));
        files.addFinished(url, size);
        onProgress(url, { phase: 'done', loaded: size, stored: size, total: size, totalIsExact: true });
      },
    });
    return { fetch, keep, files };
  }

  /** Finds the complete and the incomplete files of a model. */
  async #find({ modelKey, definition, names }: StoredModel) {
    const { transformers } = this.#options;
    // All models share the runtime's files, so these do not count as files of this model.
    const known = names?.()?.filter((name) => !isRuntimeFile(name));
    if (isTransformersModel(definition) && transformers) {
      const whole = ModelFiles.of(await resolveTransformers(transformers), definition, known);
      const owns = (address: string): boolean => whole.owns(address);
      return { whole, partial: await this.#partial.select(owns), owns };
    }
    return this.#findOwn(modelKey, known);
  }

  /** As `#find()`, for a model with its own loader. @param names The known names of its files. */
  async #findOwn(modelKey: string, names: readonly string[] | undefined) {
    const { namespace } = this.#options;
    const whole = new CompleteFiles(modelKey, namespace, names);
    const [finished, begun] = await Promise.all([whole.list(), new BegunFiles(modelKey, namespace).list()]);
    const addresses = new Set([...finished.map(({ key }) => addressOf(key)), ...begun]);
    const owns = (address: string): boolean => addresses.has(address);
    return { whole, partial: await this.#partial.select(owns), owns };
  }
}
