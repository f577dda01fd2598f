import { browserCache } from '../transformers/runtime-cache.js';

/** The cache of complete files that a page's own loaders store. */
const FILES_CACHE = 'model-download-files-v1';

/** The origin of the cache keys. No server has this name, so the entries are never requested. */
const ORIGIN = 'https://model-download.invalid';

/** `file`: the bytes of a complete file. `note`: its metadata. `begun`: shows that the download of a file has begun. */
type EntryKind = 'file' | 'note' | 'begun';

/** The cache entries of one model with its own loader: up to one of each kind for each of its files. */
export class OwnEntries {
  readonly #cache = browserCache(FILES_CACHE);
  readonly #owner: URLSearchParams;

  /** @param namespace Separates several apps on one origin. */
  constructor(modelKey: string, namespace = '') {
    this.#owner = new URLSearchParams({ namespace, model: modelKey });
  }

  /**
   * An entry; `undefined` if there is none. Never rejects.
   *
   * @param key Identifies the file: its address, and what else its request depends on.
   */
  find(kind: EntryKind, key: string): Promise<Response | undefined> {
    return this.#cache.match(this.#address(kind, key));
  }

  /** Stores an entry. @throws Rejects as {@link RuntimeCache.put}. */
  put(kind: EntryKind, key: string, response: Response): Promise<void> {
    return this.#cache.put(this.#address(kind, key), response);
  }

  /** Deletes an entry. Never rejects. */
  async delete(kind: EntryKind, key: string): Promise<void> {
    await this.#cache.delete(this.#address(kind, key));
  }

  /** The entries of a kind, by their keys. @throws Rejects as {@link RuntimeCache.entries}. */
  async list(kind: EntryKind): Promise<ReadonlyMap<string, Response>> {
    const entries = await this.#cache.entries(this.#owns(kind));
    return new Map([...entries].map(([address, entry]) => [new URL(address).searchParams.get('url') ?? '', entry]));
  }

  /** Deletes all entries of a kind. @throws Rejects as {@link RuntimeCache.entries}. */
  async removeAll(kind: EntryKind): Promise<void> {
    await this.#cache.remove(this.#owns(kind));
  }

  #owns(kind: EntryKind): (address: string) => boolean {
    const prefix = this.#address(kind, '');
    return (address) => address.startsWith(prefix);
  }

  #address(kind: EntryKind, key: string): string {
    return `${ORIGIN}/${kind}?${this.#owner}&${new URLSearchParams({ url: key })}`;
  }
}
