import type { HeldFiles } from './held-files.js';
import { runtimeFileOf } from '../transformers/model-address.js';
import type { FileOrigin } from '../loader/model-loader.js';

/** The files that one attempt has handed over whole, to be tidied up when it succeeds. */
export class OpenedFiles {
  readonly #place: FileOrigin;
  readonly #held: HeldFiles | undefined;
  /** Address → bytes. */
  readonly #whole = new Map<string, number>();
  readonly #keeping = new Map<string, Promise<boolean>>();

  /** @param held `undefined` where nothing is held. */
  constructor(place: FileOrigin, held: HeldFiles | undefined) {
    this.#place = place;
    this.#held = held;
  }

  /** Notes a file that came whole. */
  add(url: string, size: number): void {
    this.#whole.set(url, size);
  }

  /** Notes a file that is being kept. */
  keep(url: string, kept: Promise<boolean>): void {
    this.#keeping.set(url, kept);
  }

  /**
   * Drops what is held of files that nothing needs any more. Resolves with whether all of them will
   * be on this device at the next visit; `undefined` where nothing was to be kept.
   */
  async settle(): Promise<boolean | undefined> {
    const held = new Map(((await this.#held?.store.list()) ?? []).map((file) => [addressOf(file.url), file.length]));
    const due = new Set<string>();
    const kept: boolean[] = [];
    for (const [url, size] of this.#whole) {
      const isKept = await this.#isKept(url);
      // What neither the runtime nor we could keep is held at least, if most of it could be.
      const isHeld = isKept === false && (held.get(url) ?? 0) >= size / 2;
      if (!isHeld) due.add(url);
      if (isKept !== undefined) kept.push(isKept || isHeld);
    }
    await this.#held?.drop(({ url }) => due.has(addressOf(url)));
    return kept.length > 0 ? kept.every(Boolean) : undefined;
  }

  /** Whether a whole file is kept; `undefined` where it is not to be: the browser's own cache has the runtime's files. */
  async #isKept(url: string): Promise<boolean | undefined> {
    const { cache } = this.#place;
    const isKept = (await cache?.match(url)) !== undefined || (await this.#keeping.get(url)) === true;
    const isToBeKept = this.#keeping.has(url) || (cache !== undefined && runtimeFileOf(url) === undefined);
    return isToBeKept ? isKept : undefined;
  }
}

/** The address of a file that a store may know by more than that. */
function addressOf(key: string): string {
  return key.replace(/#.*$/s, '');
}
