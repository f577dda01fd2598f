import { modelAddress } from '../transformers/model-address.js';
import { localAddress } from '../transformers/local-address.js';
import { usableSize } from './usable-size.js';
import { browserCache, runtimeCacheOf, type RuntimeCache } from '../transformers/runtime-cache.js';
import type { TransformersModelDefinition } from '../transformers/definition.js';
import type { TransformersModule } from '../transformers/module.js';

/** The files of one model in the cache of Transformers.js. */
export class ModelFiles {
  readonly #cache: RuntimeCache;
  /** The common starts of the addresses of its files, in the order in which the runtime looks them up. */
  readonly #addresses: readonly string[];
  /** The folders of a model that contain files. */
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

  /** Whether an address belongs to a file of this model, by its host, path and revision. */
  owns(url: string): boolean {
    return this.#addresses.some((address) => {
      if (!url.startsWith(address)) return false;
      const rest = url.slice(address.length);
      if (rest === '' || /[?#]/.test(rest)) return false;
      // Another folder may belong to another model, such as `gpt2/medium` beside `gpt2`.
      if (!rest.includes('/') || this.#folders.some((folder) => rest.startsWith(folder))) return true;
      return this.#names.some((name) => hrefOf(address, name) === url);
    });
  }

  /** Bytes of a stored file that a load could use; `undefined` if there is none. */
  async sizeOf(name: string): Promise<number | undefined> {
    for (const address of this.#addresses) {
      const response = await this.#cache.match(hrefOf(address, name));
      // The runtime reads the first entry that it finds, even an unusable one.
      if (response) return sizeIn(response);
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

  /** Bytes of all stored files. */
  async bytes(): Promise<number> {
    const sizes = await Promise.all((await this.#entries()).map((url) => this.#storedBytes(url)));
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Deletes all stored files. */
  async remove(): Promise<void> {
    await Promise.all((await this.#entries()).map((url) => this.#cache.delete(url)));
  }

  /** The addresses of its entries. A cache that cannot list its entries is tried with the known paths. */
  async #entries(): Promise<readonly string[]> {
    const listed = await this.#cache.keys();
    return (
      listed?.filter((url) => this.owns(url)) ?? this.#addresses.flatMap((address) => this.#names.map((name) => hrefOf(address, name)))
    );
  }

  async #storedBytes(url: string): Promise<number> {
    const response = await this.#cache.match(url);
    if (!response) return 0;
    const noted = Number(response.headers.get('Content-Length') ?? Number.NaN);
    return (await sizeIn(response)) ?? (Number.isNaN(noted) ? 0 : noted);
  }
}

/** The cache of a runtime that stores no files. */
const NO_CACHE: RuntimeCache = {
  match: () => Promise.resolve(undefined),
  put: () => Promise.resolve(),
  delete: () => Promise.resolve(false),
  keys: () => Promise.resolve([]),
};

/** As {@link usableSize}; `undefined` also for an entry that cannot be read. */
async function sizeIn(response: Response): Promise<number | undefined> {
  return usableSize(response).catch(() => undefined);
}

function hrefOf(address: string, name: string): string {
  return URL.canParse(address + name) ? new URL(address + name).href : address + name;
}
