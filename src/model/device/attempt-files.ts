import { addressOf } from '../../transfer/internal.js';
import type { BegunFiles } from './begun-files.js';
import type { PartialFiles } from './partial-files.js';
import { canKeepFiles } from '../transformers/runtime-cache.js';
import { runtimeFileOf } from '../transformers/runtime-name.js';
import type { FileOrigin } from '../loader/model-loader.js';

/** The result of a successful attempt on this device. */
export interface SettledFiles {
  /** Whether all files will be on this device at the next visit; `undefined` if none had to be stored. */
  readonly kept: boolean | undefined;
  /** Deletes the incomplete files that are not needed any more, also those of other loads. */
  readonly clear: () => Promise<void>;
}

/** The collaborators of {@link AttemptFiles}. */
export interface AttemptStores {
  readonly partial: PartialFiles;
  /** The addresses of the model's incomplete files; `undefined` if they are not stored. */
  readonly begun?: BegunFiles | undefined;
  /** Deletes the incomplete files of other loads that are too old. */
  readonly sweep: () => Promise<void>;
}

/** The files that one attempt has delivered whole. Their partial copies are deleted when the attempt succeeds. */
export class AttemptFiles {
  readonly #origin: FileOrigin;
  readonly #stores: AttemptStores;
  /** Address → bytes. */
  readonly #finished = new Map<string, number>();
  /** Address → whether the file is stored in our own cache. */
  readonly #stored = new Map<string, Promise<boolean>>();

  constructor(origin: FileOrigin, stores: AttemptStores) {
    this.#origin = origin;
    this.#stores = stores;
  }

  /** Records a file that was delivered whole, with its size in bytes. */
  addFinished(url: string, size: number): void {
    this.#finished.set(url, size);
  }

  /** Records a file that is being stored in our own cache. */
  addStored(url: string, stored: Promise<boolean>): void {
    this.#stored.set(url, stored);
  }

  /** Determines which files will be on this device at the next visit. It does not delete anything yet. */
  async settle(): Promise<SettledFiles> {
    const copying = this.#copies();
    const files = await Promise.all([...this.#finished].map(async ([url, size]) => ({ url, size, isKept: await this.#isKept(url) })));
    const held = files.some(({ isKept }) => isKept === false) ? await this.#heldBytes() : new Map<string, number>();
    const due = new Set<string>();
    const kept: boolean[] = [];
    for (const { url, size, isKept } of files) {
      // If no cache could store the file, its partial copy is kept if it has at least half of the bytes.
      const isHeld = isKept === false && (held.get(url) ?? 0) >= size / 2;
      if (!isHeld && !copying.has(url)) due.add(url);
      if (isKept !== undefined) kept.push(isKept || isHeld);
    }
    const clear = async (): Promise<void> => {
      const { partial, begun, sweep } = this.#stores;
      for (const [url, copy] of copying) if (await copy) due.add(url);
      if (due.size > 0) await partial.drop(({ url }) => due.has(addressOf(url)));
      await sweep();
      if (begun) await Promise.all([...due].map((url) => begun.drop(url)));
    };
    return { kept: kept.length > 0 ? kept.every(Boolean) : undefined, clear };
  }

  /** The files that are being copied from their parts: address → whether the copy succeeds. */
  #copies(): ReadonlyMap<string, Promise<boolean>> {
    const { background } = this.#origin;
    return new Map(
      [...this.#finished.keys()].flatMap((url) => {
        const copy = background?.copying(url);
        return copy ? [[url, copy]] : [];
      }),
    );
  }

  /** Address → stored bytes of the incomplete file. */
  async #heldBytes(): Promise<ReadonlyMap<string, number>> {
    return new Map((await this.#stores.partial.store.list()).map(({ url, length }) => [addressOf(url), length]));
  }

  /**
   * Whether the complete file is on this device; `undefined` if no cache has to store it, or the browser refuses to store anything: then
   * only its HTTP cache may have the file. A file that is being copied from its parts is on this device until then.
   */
  async #isKept(url: string): Promise<boolean | undefined> {
    if (this.#origin.background?.copying(url)) return (await canKeepFiles()) || undefined;
    const isCached = await this.#isCached(url);
    return isCached === false && !(await canKeepFiles()) ? undefined : isCached;
  }

  /** Whether a cache has the file; `undefined` if none has to store it. The runtime's files are stored by the browser's HTTP cache. */
  async #isCached(url: string): Promise<boolean | undefined> {
    const { cache } = this.#origin;
    if (this.#stored.has(url)) return (await this.#stored.get(url)) === true || (await cache?.match(url)) !== undefined;
    return cache === undefined || runtimeFileOf(url) !== undefined ? undefined : (await cache.match(url)) !== undefined;
  }
}
