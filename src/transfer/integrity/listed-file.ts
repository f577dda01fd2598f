import type { Clock } from '../../core/index.js';
import { withTimeLimit } from '../../core/internal.js';
import type { KnownFile } from './body-check.js';

/** How long the end of a body waits for the listing, in ms from when that was asked for: a load takes no longer for it. */
const PATIENCE = 1_000;

/** How long it waits for a listing that another body has just waited for in vain, and for how long after that, in ms. */
const MOMENT = 10;
const IMPATIENT_FOR = 30_000;

/** When a body has waited for a listing in vain, by what was asked. */
const slowSince = new WeakMap<object, number>();

/** How long a question may take, in ms. */
const LIMIT = 5_000;

/** What the hub lists of a file, which nothing waits for longer than a moment. */
export class ListedFile {
  readonly #lookUp: (options: { readonly fresh?: boolean }) => Promise<KnownFile | undefined>;
  readonly #source: object;
  readonly #clock: Clock;
  #requesting: Promise<void> | undefined;
  #requestedAt = 0;
  #isSettled = false;
  #known: KnownFile | undefined;

  /** @param source What is asked, the same for all files of a load: each would wait for a slow one otherwise. */
  constructor(source: object, lookUp: (options: { readonly fresh?: boolean }) => Promise<KnownFile | undefined>, clock: Clock) {
    this.#source = source;
    this.#lookUp = (options) => withTimeLimit(lookUp(options), LIMIT, clock).catch(() => undefined);
    this.#clock = clock;
  }

  /** Bytes, decoded; `undefined` while unknown. */
  get size(): number | undefined {
    return this.#known?.size;
  }

  /** Whether the listing has named a hash. */
  get hasHash(): boolean {
    return (this.#known?.sha256 ?? this.#known?.oid) !== undefined;
  }

  /** Asks for it, once, and waits for nothing. */
  request(): void {
    if (this.#requesting) return;
    this.#requestedAt = this.#clock.now();
    this.#requesting = this.#lookUp({}).then((known) => {
      this.#known = known;
      this.#isSettled = true;
      slowSince.delete(this.#source);
    });
  }

  /** Resolves with whether the listing has answered, after a moment at the most. */
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

  /** The size as a listing tells it that is asked for now. */
  async readSize(): Promise<number | undefined> {
    return (await this.#lookUpAnew())?.size;
  }

  /** Whether no listing that is asked for now names another hash than the first one did: without one, the first one's decides. */
  async isUnchanged(): Promise<boolean> {
    await this.isSettled();
    const now = await this.#lookUpAnew();
    return !now || (now.sha256 === this.#known?.sha256 && now.oid === this.#known?.oid);
  }

  #lookUpAnew(): Promise<KnownFile | undefined> {
    return withTimeLimit(this.#lookUp({ fresh: true }), LIMIT, this.#clock).catch(() => undefined);
  }
}
