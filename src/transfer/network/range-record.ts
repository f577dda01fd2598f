import { RangeRefusals } from './range-refusals.js';

/** Requests for a range in a row that deliver no byte, after which the whole file is requested. */
const FAILED_RANGES = 2;

/** The number of such requests by address: a single download may end before the last of them. */
const failedRanges = new Map<string, number>();

/** The bytes below which a range counts as tiny, and the number of tiny ranges after which the whole file is requested instead. */
const TINY_PIECE = 16 * 1024;
const MOST_TINY_PIECES = 64;

/** Records whether ranges work for the file at an address. */
export class RangeRecord {
  /** The ranges that the server has refused for now. */
  readonly refusals: RangeRefusals;
  readonly #url: string;
  #isRefused = false;
  #isForbidden = false;
  #tinyPieces = 0;

  constructor(url: string) {
    this.#url = url;
    this.refusals = new RangeRefusals(url);
  }

  /** Whether no more ranges are to be requested. */
  get isRefused(): boolean {
    return this.#isRefused || this.refusals.isExhausted;
  }

  /** Whether the server refuses ranges. */
  get isForbidden(): boolean {
    return this.#isForbidden || this.refusals.isExhausted;
  }

  /** Whether the next range that fails counts as refused: several in a row have delivered no byte. */
  get isLast(): boolean {
    return (failedRanges.get(this.#url) ?? 0) >= FAILED_RANGES;
  }

  /** Records that no more ranges are to be requested. */
  refuse(): void {
    this.#isRefused = true;
  }

  /** Records that the server refuses ranges, also those of the browser itself. */
  forbid(): void {
    this.#isRefused = this.#isForbidden = true;
  }

  /** Records a range that failed before its response. */
  fail(): void {
    failedRanges.set(this.#url, (failedRanges.get(this.#url) ?? 0) + 1);
  }

  /** Records a range whose body failed before its first byte. A body that the browser cannot decode fails so each time. */
  failEmpty(): void {
    failedRanges.set(this.#url, FAILED_RANGES);
  }

  /** Records new bytes. Those of a plain response, of this body or another, do not show that ranges work. */
  recordBytes(isRange: boolean): void {
    if (isRange) failedRanges.delete(this.#url);
    else this.refusals.recordWhole();
  }

  /** Records a complete range of `length` bytes. */
  endPiece(length: number): void {
    if (length < TINY_PIECE && ++this.#tinyPieces > MOST_TINY_PIECES) this.refuse();
  }
}
