import { BodyHash } from './body-hash.js';
import type { PartialStore } from './partial-store.js';

/** When the hash of a body is due: never, always, or where it came in several pieces or from disk. */
export type VerifyMode = 'spliced' | 'always' | 'never';

/** What is known of a file beside its address. */
export interface KnownFile {
  /** Bytes; `undefined` while unknown. */
  readonly size: number | undefined;
  /** SHA-256 as 64 hexadecimal digits; `undefined` where nobody says. */
  readonly sha256: string | undefined;
}

/** What a check depends on. */
export interface BodyCheckOptions {
  readonly url: string;
  readonly verify: VerifyMode;
  readonly store: PartialStore;
  readonly lookUp: (url: string) => Promise<KnownFile | undefined>;
}

/** Whether the bytes of one body are those of the file, by its hash, where that is due and known. */
export class BodyCheck {
  readonly #options: BodyCheckOptions;
  #hash: BodyHash | undefined;
  #isClosed = false;

  constructor(options: BodyCheckOptions) {
    this.#options = options;
  }

  /** Whether the end of the body will tell if it is right. */
  get isRunning(): boolean {
    return this.#hash !== undefined;
  }

  /** Whether there is a hash to compare with. */
  async isPossible(): Promise<boolean> {
    const { verify, lookUp, url } = this.#options;
    return verify !== 'never' && (await lookUp(url))?.sha256 !== undefined;
  }

  /**
   * Begins, if it is due from the first byte on, or by a body that comes in pieces.
   *
   * @param passed Bytes of the body that have passed already, all of which the store must hold.
   */
  async begin(due: 'always' | 'spliced', passed: number): Promise<void> {
    const { verify, store, url } = this.#options;
    const isDue = verify === 'always' || (verify === 'spliced' && due === 'spliced');
    if (!isDue || this.#hash || !(await this.isPossible())) return;
    // Nobody would end the worker of one that is begun too late.
    if (this.#isClosed) return;
    this.#hash = new BodyHash(store, url, passed);
  }

  /** Takes the next bytes, and resolves when there is room for more. */
  async update(chunks: readonly Uint8Array[]): Promise<void> {
    const hash = this.#hash;
    if (!hash) return;
    for (const bytes of chunks) await hash.update(bytes);
  }

  /** What is wrong with the whole body; `undefined` when nothing is, or nothing can be said. */
  async verdict(): Promise<string | undefined> {
    if (!this.#hash) return undefined;
    const { lookUp, url } = this.#options;
    const { sha256 } = (await lookUp(url)) ?? {};
    const hash = await this.#hash.digest().catch(() => undefined);
    return hash === sha256 ? undefined : `The file has the SHA-256 ${hash ?? 'of nothing'}, not ${sha256 ?? 'none'}`;
  }

  close(): void {
    this.#isClosed = true;
    this.#hash?.close();
  }
}
