import type { Clock } from '../../core/index.js';
import { withTimeLimit } from '../../core/internal.js';
import type { KnownFile } from './body-check.js';

/** How long a body waits for the listing, in ms since its request. */
const PATIENCE = 1_000;

/** How long a body waits for a listing that was too slow for another body, and how long this shorter wait applies, both in ms. */
const MOMENT = 10;
const IMPATIENT_FOR = 30_000;

/** When a listing was last too slow for a body, by the source of the listing. */
const slowSince = new WeakMap<object, number>();

/** How long a lookup may take, in ms. */
const LIMIT = 5_000;

/** The entry of a file in the hub's listing, for which a body waits only briefly. */
export class ListedFile {
  readonly #lookUp: (options: { readonly fresh?: boolean }) => Promise<KnownFile | undefined>;
  readonly #source: object;
  readonly #clock: Clock;
  #requesting: Promise<void> | undefined;
  #requestedAt = 0;
  #isSettled = false;
  #known: KnownFile | undefined;

  /** @param source Identifies the listing, which all files of a load share. Without it, each file would wait for a slow listing. */
  constructor(source: object, lookUp: (options: { readonly fresh?: boolean }) => Promise<KnownFile | undefined>, clock: Clock) {
    this.#source = source;
    this.#lookUp = (options) => withTimeLimit(lookUp(options), LIMIT, clock).catch(() => undefined);
    this.#clock = clock;
  }

  /** Bytes, decoded; `undefined` while unknown. */
  get size(): number | undefined {
    return this.#known?.size;
  }

  /** Whether the listing has a hash. */
  get hasHash(): boolean {
    return (this.#known?.sha256 ?? this.#known?.oid) !== undefined;
  }

  /** Requests the listing, once, without waiting. */
  request(): void {
    if (this.#requesting) return;
    this.#requestedAt = this.#clock.now();
    this.#requesting = this.#lookUp({}).then((known) => {
      this.#known = known;
      this.#isSettled = true;
      slowSince.delete(this.#source);
    });
  }

  /** Resolves with whether the request for the listing has ended, also by a failure. Waits until one second after its start at most. */
  async isSettled(): Promise<boolean> {
    const now = this.#clock.now();
    const isSlow = now - (slowSince.get(this.#source) ?? -Infinity) < IMPATIENT_FOR;
    const left = isSlow ? MOMENT : this.#requestedAt + PATIENCE - now;
    if (this.#isSettled || left <= 0) return this.#isSettled;
    const clock = this.#clock;
    let timer: unknown;
    const tooLate = new Promise<true>((resolve) => (timer = clock.setTimeout(() => resolve(true), left)));
    const isLate = (await Promise.race([this.#requesting, tooLate])) === true;
    clock.clearTimeout(timer);
    if (isLate && !isSlow) slowSince.set(this.#source, clock.now());
    return !isLate;
  }

  /** Resolves with the size of the file in a new listing; `undefined` if it is unknown. */
  async readSize(): Promise<number | undefined> {
    return (await this.#lookUpAnew())?.size;
  }

  /** Whether a new listing has the same hashes as the first one, or is missing. */
  async isUnchanged(): Promise<boolean> {
    await this.isSettled();
    const now = await this.#lookUpAnew();
    return !now || (now.sha256 === this.#known?.sha256 && now.oid === this.#known?.oid);
  }

  #lookUpAnew(): Promise<KnownFile | undefined> {
    return withTimeLimit(this.#lookUp({ fresh: true }), LIMIT, this.#clock).catch(() => undefined);
  }
}
