/** Requests for a range in a row that bring no byte, after which the file is asked for without one. */
const FAILED_RANGES = 2;

/** How many such requests there have been for an address: one download may not live long enough to see all of them. */
const failedRanges = new Map<string, number>();

/** A server that answers with pieces of fewer bytes than this, so many times, is asked for the whole file instead. */
const TINY_PIECE = 16 * 1024;
const MOST_TINY_PIECES = 64;

/** Remembers whether ranges are of use for the file at an address. */
export class RangeRecord {
  readonly #url: string;
  #isRefused = false;
  #isForbidden = false;
  #tinyPieces = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** Whether no range is to be asked for any more. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Whether it is the server that refuses them. */
  get isForbidden(): boolean {
    return this.#isForbidden;
  }

  /** Whether the next range that fails counts as refused: several in a row have brought no byte. */
  get isLast(): boolean {
    return (failedRanges.get(this.#url) ?? 0) >= FAILED_RANGES;
  }

  /** Lets no further range be asked for. */
  refuse(): void {
    this.#isRefused = true;
  }

  /** The server refuses ranges, of a browser as well. */
  forbid(): void {
    this.#isRefused = this.#isForbidden = true;
  }

  /** A range has failed before its answer. */
  fail(): void {
    failedRanges.set(this.#url, (failedRanges.get(this.#url) ?? 0) + 1);
  }

  /** A range is answered. One that cannot be decoded breaks only when it is read, and does so each time. */
  answer(): void {
    failedRanges.set(this.#url, FAILED_RANGES);
  }

  /** A range has brought bytes. */
  succeed(): void {
    failedRanges.delete(this.#url);
  }

  /** A range has come whole, and was `length` bytes of the file. */
  endPiece(length: number): void {
    if (length < TINY_PIECE && ++this.#tinyPieces > MOST_TINY_PIECES) this.refuse();
  }
}
