/** Refusals in a row after which the whole file is requested: a server may refuse only ranges with a status like 429. */
const MOST = 3;

/** The number of refusals in a row, by address: a single download may end before the last of them. */
const refusals = new Map<string, number>();

/** Counts how often in a row the server has refused a range of one file for now, as with 429. */
export class RangeRefusals {
  readonly #url: string;
  /** The last refusal. */
  #cause: unknown;

  constructor(url: string) {
    this.#url = url;
  }

  /** Whether the next request is for the whole file, which the server may send at once. */
  get isExhausted(): boolean {
    return (refusals.get(this.#url) ?? 0) >= MOST;
  }

  /** Records a refusal. */
  add(cause: unknown): void {
    this.#cause = cause;
    refusals.set(this.#url, (refusals.get(this.#url) ?? 0) + 1);
  }

  /** Whether `cause` is the last refusal. */
  has(cause: unknown): boolean {
    return cause !== undefined && cause === this.#cause;
  }

  /**
   * Records that a request for the whole file has delivered new bytes. The server may accept ranges again by now, which transfer fewer
   * bytes. After the next break one more range is requested, and the whole file only if that range is refused.
   */
  recordWhole(): void {
    if (this.isExhausted) refusals.set(this.#url, MOST - 1);
  }

  /** Makes the next request one for the whole file. */
  exhaust(): void {
    refusals.set(this.#url, MOST);
  }

  /** Records that the server has sent a range, or that the server refuses the whole file, too. */
  clear(): void {
    refusals.delete(this.#url);
  }
}
