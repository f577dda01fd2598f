import { contentLengthOf } from '../../core/internal.js';
import { modelAddress } from '../transformers/model-address.js';
import { localAddress } from '../transformers/local-address.js';
import { pauseReadingEntries } from './large-entries.js';
import { usableSize } from './usable-size.js';
import { browserCache, runtimeCacheOf, type RuntimeCache } from '../transformers/runtime-cache.js';
import type { TransformersModelDefinition } from '../transformers/definition.js';
import type { TransformersModule } from '../transformers/module.js';

/** The stored complete files of one model. */
export interface StoredFiles {
  readonly bytes: number;
  /** The addresses of the files that a load can use. */
  readonly usable: ReadonlySet<string>;
  /** Whether a load can use all known files; `undefined` if no file is known. */
  readonly isComplete: boolean | undefined;
}

/** The files of one model in the cache of Transformers.js. */
export class ModelFiles {
  readonly #cache: RuntimeCache;
  /** The common starts of the addresses of its files, in the order in which the runtime looks them up. */
  readonly #addresses: readonly string[];
  /** The folders of the model in which its files are. */
  readonly #folders: readonly string[];
  /** The known paths of files inside the model. */
  readonly #names: readonly string[];

  private constructor(cache: RuntimeCache, addresses: readonly string[], names: readonly string[], subfolder?: unknown) {
    this.#cache = cache;
    this.#addresses = addresses;
    this.#folders = ['onnx/', ...(typeof subfolder === 'string' && subfolder ? [`${subfolder}/`] : [])];
    this.#names = names;
  }

  /**
   * The files of a model in the cache of a module.
   *
   * @param names The known paths of files inside the model.
   */
  static of(
    transformers: TransformersModule,
    { model, options = {} }: Pick<TransformersModelDefinition, 'model' | 'options'>,
    names: readonly string[] = [],
  ): ModelFiles {
    const addresses = [localAddress(transformers, model), modelAddress(transformers, model, options)];
    return new ModelFiles(runtimeCacheOf(transformers) ?? NO_CACHE, addresses, names, options.subfolder);
  }

  /** The files whose addresses begin with `address`, in the default cache of Transformers.js. */
  static at(address: string, names: readonly string[]): ModelFiles {
    return new ModelFiles(browserCache(), [address], names);
  }

  /** Reads no large entries in the background until the returned function is called. */
  static pauseReading(): () => void {
    return pauseReadingEntries();
  }

  /** Whether an address belongs to a file of this model, by its host, path and revision. */
  owns(url: string): boolean {
    const rest = this.#addresses.filter((address) => url.startsWith(address)).map((address) => url.slice(address.length));
    // Another folder may belong to another model, such as `gpt2/medium` beside `gpt2`.
    const isInFolder = (path: string): boolean => !path.includes('/') || this.#folders.some((folder) => path.startsWith(folder));
    return rest.some((path) => path !== '' && !/[?#]/.test(path) && (isInFolder(path) || this.#known().includes(url)));
  }

  /** The addresses from which a load may read a file, by its path in the model. */
  addressesOf(name: string): readonly string[] {
    return this.#addresses.map((address) => hrefOf(address, name));
  }

  /** Bytes of a stored file that a load could use; `undefined` if there is none. */
  async sizeOf(name: string): Promise<number | undefined> {
    for (const address of this.addressesOf(name)) {
      const response = await this.#cache.match(address);
      // The runtime reads the first entry that it finds, even an unusable one.
      if (response) return sizeIn(response, address);
    }
    return undefined;
  }

  /**
   * Whether each known file is stored and can be used; `undefined` if no file is known, or the runtime's cache cannot be
   * read, as in Node.
   */
  async isWhole(): Promise<boolean | undefined> {
    if (this.#names.length === 0 || this.#cache === NO_CACHE) return undefined;
    const sizes = await Promise.all(this.#names.map((name) => this.sizeOf(name)));
    return sizes.every((size) => size !== undefined);
  }

  /**
   * Finds the stored files of the model. Reads each entry once.
   *
   * @throws Rejects as {@link RuntimeCache.entries}.
   */
  async measure(): Promise<StoredFiles> {
    const entries = await this.#cache.entries((url) => this.owns(url), this.#known());
    const sizes = await Promise.all([...entries].map(async ([url, entry]) => ({ url, ...(await sizesOf(entry, url)) })));
    const usable = new Set(sizes.filter(({ usable: size }) => size !== undefined).map(({ url }) => url));
    const isStored = (name: string): boolean => this.addressesOf(name).some((address) => usable.has(address));
    const bytes = sizes.reduce((sum, { stored }) => sum + stored, 0);
    return { bytes, usable, isComplete: this.#names.length === 0 ? undefined : this.#names.every(isStored) };
  }

  /** Deletes all stored files. @throws Rejects as {@link RuntimeCache.entries}. */
  async remove(): Promise<void> {
    await this.#cache.remove((url) => this.owns(url), this.#known());
  }

  /** The addresses of the known paths. */
  #known(): readonly string[] {
    return this.#names.flatMap((name) => this.addressesOf(name));
  }
}

/** The cache of a runtime that stores no files. */
const NO_CACHE: RuntimeCache = {
  match: () => Promise.resolve(undefined),
  put: () => Promise.resolve(),
  delete: () => Promise.resolve(false),
  entries: () => Promise.resolve(new Map()),
  remove: () => Promise.resolve(),
};

/** The bytes of an entry on the disk, and its bytes that a load could use; `undefined` if it could use none. */
async function sizesOf(entry: Response, address: string): Promise<{ readonly stored: number; readonly usable: number | undefined }> {
  const noted = contentLengthOf(entry);
  const usable = await sizeIn(entry, address);
  return { stored: usable ?? noted ?? 0, usable };
}

/** As {@link usableSize}; `undefined` also for an entry that cannot be read. */
async function sizeIn(response: Response, address: string): Promise<number | undefined> {
  return usableSize(response, address).catch(() => undefined);
}

function hrefOf(address: string, name: string): string {
  return URL.canParse(address + name) ? new URL(address + name).href : address + name;
}
