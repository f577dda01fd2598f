import { localAddress, modelAddress } from '../transformers/model-address.js';
import { keptSize } from './kept-file.js';
import { browserCache, runtimeCacheOf, type RuntimeCache } from '../transformers/runtime-cache.js';
import type { TransformersModelDefinition } from '../transformers/definition.js';
import type { TransformersModule } from '../transformers/module.js';

/** The files of one model as a runtime keeps them on this device. */
export class ModelFiles {
  readonly #cache: RuntimeCache;
  /** What the addresses of its files begin with, in the order in which the runtime looks for them. */
  readonly #addresses: readonly string[];
  /** The folders in which a model has files. */
  readonly #folders: readonly string[];
  /** The files that are known by name. */
  readonly #names: readonly string[];

  private constructor(cache: RuntimeCache, addresses: readonly string[], names: readonly string[], subfolder?: unknown) {
    this.#cache = cache;
    this.#addresses = addresses;
    this.#folders = ['onnx/', ...(typeof subfolder === 'string' && subfolder ? [`${subfolder}/`] : [])];
    this.#names = names;
  }

  /**
   * The files of a model where a module keeps them.
   *
   * @param names The paths of the files inside the model, as far as they are known.
   */
  static of(
    transformers: TransformersModule,
    { model, options = {} }: Pick<TransformersModelDefinition, 'model' | 'options'>,
    names: readonly string[] = [],
  ): ModelFiles {
    const addresses = [localAddress(transformers, model), modelAddress(transformers, model, options)];
    return new ModelFiles(runtimeCacheOf(transformers) ?? NO_CACHE, addresses, names, options.subfolder);
  }

  /** The files whose addresses begin with `address`, where a module keeps them that has its default cache. */
  static at(address: string, names: readonly string[]): ModelFiles {
    return new ModelFiles(browserCache(), [address], names);
  }

  /** Whether an address is that of a file of this model: its host, path, revision and query say so. */
  owns(url: string): boolean {
    return this.#addresses.some((address) => {
      if (!url.startsWith(address)) return false;
      const rest = url.slice(address.length);
      if (rest === '' || /[?#]/.test(rest)) return false;
      // A further folder may be a model of its own, such as `gpt2/medium` beside `gpt2`.
      if (!rest.includes('/') || this.#folders.some((folder) => rest.startsWith(folder))) return true;
      return this.#names.some((name) => hrefOf(address, name) === url);
    });
  }

  /** Bytes of a file that a load would find here and could use; `undefined` where there is no such file. */
  async sizeOf(name: string): Promise<number | undefined> {
    for (const address of this.#addresses) {
      const response = await this.#cache.match(hrefOf(address, name));
      // The runtime takes the first it finds, usable or not.
      if (response) return sizeIn(response);
    }
    return undefined;
  }

  /**
   * Whether each of its known files is here and can be used; `undefined` where no file is known, or
   * the runtime keeps files where they cannot be seen, as in Node.
   */
  async isWhole(): Promise<boolean | undefined> {
    if (this.#names.length === 0 || this.#cache === NO_CACHE) return undefined;
    const sizes = await Promise.all(this.#names.map((name) => this.sizeOf(name)));
    return sizes.every((size) => size !== undefined);
  }

  /** Bytes of all its files that are here. */
  async bytes(): Promise<number> {
    const sizes = await Promise.all((await this.#entries()).map((url) => this.#storedBytes(url)));
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Deletes all its files that are here. */
  async remove(): Promise<void> {
    await Promise.all((await this.#entries()).map((url) => this.#cache.delete(url)));
  }

  /** The addresses under which files of it are here; those of a cache without a list are tried by their names. */
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

/** What a runtime has that keeps nothing. */
const NO_CACHE: RuntimeCache = {
  match: () => Promise.resolve(undefined),
  put: () => Promise.resolve(),
  delete: () => Promise.resolve(false),
  keys: () => Promise.resolve([]),
};

/** An entry that cannot be read is of no use to a load either. */
async function sizeIn(response: Response): Promise<number | undefined> {
  return keptSize(response).catch(() => undefined);
}

function hrefOf(address: string, name: string): string {
  return URL.canParse(address + name) ? new URL(address + name).href : address + name;
}
