import { randomWord } from '../../transfer/internal.js';
import { OwnEntries } from './own-entries.js';

/**
 * Stores the addresses of the files that the own loader of one model has begun to download. A plan contains names only, but the stored
 * parts of an incomplete file are found by its address.
 */
export class BegunFiles {
  readonly #entries: OwnEntries;
  /** Identifies this object: the content of each entry that it stores. */
  readonly #word = randomWord();
  /** Address → a promise that resolves when the address has been stored, or could not be stored. */
  readonly #adding = new Map<string, Promise<void>>();

  /** @param namespace Separates several apps on one origin. */
  constructor(modelKey: string, namespace?: string) {
    this.#entries = new OwnEntries(modelKey, namespace);
  }

  /**
   * Stores the address of a file once, without waiting for the result. If it cannot be stored, the stored parts of the file are not
   * counted.
   */
  add(url: string): void {
    if (this.#adding.has(url)) return;
    const adding = this.#entries.put('begun', url, new Response(this.#word));
    this.#adding.set(
      url,
      adding.catch(() => undefined),
    );
  }

  /** Deletes the address of a file, unless a later download has stored it again. Never rejects. */
  async drop(url: string): Promise<void> {
    await this.#adding.get(url);
    const entry = await this.#entries.find('begun', url);
    if ((await entry?.text()) === this.#word) await this.#entries.delete('begun', url);
  }

  /** All stored addresses. @throws Rejects as {@link RuntimeCache.entries}. */
  async list(): Promise<readonly string[]> {
    return [...(await this.#entries.list('begun')).keys()];
  }
}
