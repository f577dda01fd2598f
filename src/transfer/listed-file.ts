import type { Clock } from '../core/index.js';
import type { KnownFile } from './body-check.js';
import { withTimeLimit } from './time-limit.js';

/** How long the end of a body waits for the listing, in ms from when that was asked for: a load takes no longer for it. */
const PATIENCE = 1_000;

/** How long a question may take, in ms. */
const LIMIT = 5_000;

/** What the hub lists of a file, which nothing waits for longer than a moment. */
export class ListedFile {
  readonly #lookUp: (options: { readonly fresh?: boolean }) => Promise<KnownFile | undefined>;
  readonly #clock: Clock;
  #asking: Promise<void> | undefined;
  #askedAt = 0;
  #isSettled = false;
  #known: KnownFile | undefined;

  constructor(lookUp: (options: { readonly fresh?: boolean }) => Promise<KnownFile | undefined>, clock: Clock) {
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
  ask(): void {
    if (this.#asking) return;
    this.#askedAt = this.#clock.now();
    this.#asking = this.#lookUp({}).then((known) => {
      this.#known = known;
      this.#isSettled = true;
    });
  }

  /** Resolves with whether the listing has answered, after a moment at the most. */
  async isSettled(): Promise<boolean> {
    const left = this.#askedAt + PATIENCE - this.#clock.now();
    if (this.#isSettled || left <= 0) return this.#isSettled;
    const clock = this.#clock;
    let timer: unknown;
    const tooLate = new Promise<void>((resolve) => (timer = clock.setTimeout(() => resolve(), left)));
    await Promise.race([this.#asking, tooLate]);
    clock.clearTimeout(timer);
    return this.#isSettled;
  }

  /** The size as a listing tells it that is asked for now. */
  async askAnew(): Promise<number | undefined> {
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
