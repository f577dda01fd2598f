import { addressOf } from '../../transfer/internal.js';
import type { PartialFiles } from './partial-files.js';
import { runtimeFileOf } from '../transformers/runtime-name.js';
import type { FileOrigin } from '../loader/model-loader.js';

/** The files that one attempt has delivered whole, to be cleaned up when the attempt succeeds. */
export class AttemptFiles {
  readonly #origin: FileOrigin;
  readonly #partial: PartialFiles;
  /** Address → bytes. */
  readonly #finished = new Map<string, number>();
  /** Address → whether the file is stored in our own cache. */
  readonly #stored = new Map<string, Promise<boolean>>();

  constructor(origin: FileOrigin, partial: PartialFiles) {
    this.#origin = origin;
    this.#partial = partial;
  }

  /** Records a file that was delivered whole, with its size in bytes. */
  addFinished(url: string, size: number): void {
    this.#finished.set(url, size);
  }

  /** Records a file that is being stored in our own cache. */
  addStored(url: string, stored: Promise<boolean>): void {
    this.#stored.set(url, stored);
  }

  /**
   * Deletes the partial files that are not needed any more. Resolves with whether all files will be on this device at the
   * next visit; `undefined` if none had to be stored.
   */
  async settle(): Promise<boolean | undefined> {
    const held = new Map((await this.#partial.store.list()).map((file) => [addressOf(file.url), file.length]));
    const due = new Set<string>();
    const kept: boolean[] = [];
    for (const [url, size] of this.#finished) {
      const isKept = await this.#isKept(url);
      // If no cache could store the file, its partial copy stays, provided that it has most of the bytes.
      const isHeld = isKept === false && (held.get(url) ?? 0) >= size / 2;
      if (!isHeld) due.add(url);
      if (isKept !== undefined) kept.push(isKept || isHeld);
    }
    await this.#partial.drop(({ url }) => due.has(addressOf(url)));
    return kept.length > 0 ? kept.every(Boolean) : undefined;
  }

  /** Whether a cache has a whole file; `undefined` if none has to: the browser's HTTP cache stores the runtime's files. */
  async #isKept(url: string): Promise<boolean | undefined> {
    const { cache } = this.#origin;
    const isKept = (await cache?.match(url)) !== undefined || (await this.#stored.get(url)) === true;
    const mustBeKept = this.#stored.has(url) || (cache !== undefined && runtimeFileOf(url) === undefined);
    return mustBeKept ? isKept : undefined;
  }
}
