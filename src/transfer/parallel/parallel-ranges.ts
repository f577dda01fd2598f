// In: the portions of a body's own connection, and ranges beside it. Out: the bytes of the file in order.
import { lengthOf, splitChunk, type Chunk, type Remainder } from '../network/chunk.js';
import { ConnectionCount } from './connection-count.js';
import type { ParallelRangesOptions } from './parallel-options.js';
import { lastBytes, remainderOf, SEAM } from './seam.js';
import { SideRange } from './side-range.js';

/** Bytes of a range. One connection reads up to 4 MiB ahead of its reader, so that a range does not wait for the ones before it. */
const BLOCK = 3.5 * 1024 * 1024;

/** How far ahead of the body the first range begins, so that it is complete when the body reaches it. */
const LEAD = 1.5 * BLOCK;

/** The most bytes ahead of the body, which wait in memory. */
const WINDOW = 16 * 1024 * 1024;

/** How long one connection is used after a range was cut, in ms. */
const PAUSE = 10_000;

/** After more cuts than this, one connection is used for the rest of the file. */
const MOST_CUTS = 3;

/**
 * The ranges of one file that are requested beside the body's own connection. When the body reaches the first range, its own
 * connection is closed, and the ranges deliver the body one after the other. After the last one the body connects again.
 */
export class ParallelRanges {
  readonly #options: ParallelRangesOptions;
  readonly #count: ConnectionCount;
  #ranges: readonly SideRange[] = [];
  /** The offset of the next byte of the body, and the bytes before it. */
  #position = 0;
  #tail: Chunk = new Uint8Array();
  /** Bytes of the first range when the body's own connection last delivered. */
  #arrived = 0;
  #cuts = 0;
  #otherCount: number;
  /** Whether no more ranges are requested, and whether that is since the server has refused one. */
  #isStopped = false;
  #isRefused = false;
  #isPaused = false;
  /** Whether a range was cut while the body's own connection delivered. */
  #isUnreliable = false;

  /** @param rate The last rate of all downloads of the page, in bytes per ms. */
  constructor(rate: number, options: ParallelRangesOptions) {
    this.#options = options;
    this.#otherCount = options.others().count;
    this.#count = new ConnectionCount(options.connections, rate);
  }

  /** Bytes that have arrived and follow later in the body. */
  get ahead(): number {
    return this.#ranges.reduce((sum, { unread }) => sum + unread, 0);
  }

  /** Whether the next bytes of the body come from a range. Drops the ranges that have none from `position` on. */
  hasBytesAt(position: number): boolean {
    this.#ranges = this.#ranges.filter((range) => !range.isOver || range.end > Math.max(position, range.start + SEAM));
    const first = this.#ranges[0];
    return first !== undefined && first.start + SEAM <= position;
  }

  /** Resolves with the next bytes of the body, from a range; `undefined` if {@link hasBytesAt} is to be called again. */
  async read(position: number): Promise<readonly Chunk[] | undefined> {
    const first = this.#ranges[0];
    this.#moveTo(position);
    this.#fill();
    if (!first) return undefined;
    const isBegun = first.position > first.start || (await this.#join(first));
    const chunks = isBegun && first.position === position ? await first.read() : undefined;
    if (chunks) this.#advance(chunks);
    else this.#drop(first);
    return chunks;
  }

  /**
   * Returns bytes of the body's own connection, up to the place where a range continues them. Then that connection is closed.
   *
   * @param position The offset of the first of these bytes.
   */
  async pass(chunks: readonly Chunk[], position: number): Promise<readonly Chunk[]> {
    const first = this.#ranges[0];
    const seamEnd = (first?.start ?? Infinity) + SEAM;
    const kept = splitChunk(chunks, seamEnd - position);
    this.#moveTo(position);
    this.#advance(kept);
    const isGrowing = this.#isGrowing(first);
    if (!first || this.#position < seamEnd) {
      this.#fill();
      return chunks;
    }
    // Only ranges that are as reliable as the connection that has reached them can replace it.
    if (this.#isUnreliable || !isGrowing) this.#stop();
    else if (await this.#join(first)) {
      this.#options.source.close();
      this.#fill();
      return kept;
    }
    return chunks;
  }

  /**
   * Call it before the body connects again. Resolves when no range is being received if the server has refused one: it may allow one
   * connection only.
   */
  async untilQuiet(): Promise<void> {
    // The body's own connection was not more reliable. Some servers close it when another one opens.
    this.#isUnreliable = false;
    if (this.#ranges.length > 0 && !this.#isPaused) this.#countCut();
    this.#isPaused = false;
    if (this.#isRefused) await Promise.all(this.#ranges.map(({ ended }) => ended));
  }

  /** Closes all connections. The bytes that have arrived can still be read. */
  interrupt(): void {
    this.#isPaused = true;
    for (const range of this.#ranges) range.interrupt();
  }

  /** Closes all connections for good, and returns the next bytes that had arrived and were not read. */
  close(): Remainder {
    this.#isStopped = true;
    this.interrupt();
    const remainder = remainderOf(this.#ranges, this.#position, this.#tail);
    this.#ranges = [];
    return remainder;
  }

  /** Whether a range begins with the last bytes of the body. If not, no range of the server is used any more. */
  async #join(range: SideRange): Promise<boolean> {
    const isNext = this.#position === range.start + SEAM && this.#tail.length === SEAM;
    if (isNext && (await range.skip(this.#tail))) return true;
    // A range that has ended within these bytes shows nothing.
    if (isNext && range.arrived >= SEAM) {
      this.#stop();
      this.#options.source.ranges.refuse();
    }
    return false;
  }

  #drop(range: SideRange): void {
    this.#ranges = this.#ranges.filter((one) => one !== range);
    range.interrupt();
  }

  /** Whether the first range is complete, or has received bytes since the last call. */
  #isGrowing(first: SideRange | undefined): boolean {
    const { arrived = 0, isOver = false } = first ?? {};
    const isGrowing = arrived > Math.max(SEAM, this.#arrived);
    this.#arrived = arrived;
    return isOver || isGrowing;
  }

  #moveTo(position: number): void {
    if (position !== this.#position) this.#tail = new Uint8Array();
    this.#position = position;
  }

  #advance(chunks: readonly Chunk[]): void {
    this.#position += lengthOf(chunks);
    this.#tail = this.#ranges.length > 0 ? lastBytes([this.#tail, ...chunks], SEAM) : new Uint8Array();
  }

  /** Requests ranges, as long as connections are free. */
  #fill(): void {
    const { source, gate, version } = this.#options;
    if (this.#isStopped || gate.isClosed) return;
    const most = this.#measure();
    let open = this.#ranges.filter(({ isOver }) => !isOver).length + Number(source.isOpen);
    for (; open < most; open++) {
      const start = this.#nextStart ?? this.#position + LEAD;
      if (start + SEAM >= version.total || start + BLOCK - this.#position > WINDOW) return;
      this.#request(start, Math.min(start + BLOCK, version.total));
    }
    if (!this.#count.isDecided || this.#count.value > 1) return;
    // The rest comes over one connection, which opens while the others still deliver.
    const start = this.#nextStart;
    if (start !== undefined && start + SEAM < version.total) this.#request(start, version.total);
    this.#isStopped = true;
    this.#options.onUseless();
  }

  /** The offset of the range after the last one; `undefined` if there is none. */
  get #nextStart(): number | undefined {
    const last = this.#ranges.at(-1);
    return last && last.end - SEAM;
  }

  /** Measures the rate, and returns the number of connections. */
  #measure(): number {
    const count = this.#count;
    if (count.isDecided) return count.value;
    const { clock, others } = this.#options;
    const now = clock.now();
    const { count: otherCount, bytes } = others();
    // Rates before and after the end of another download cannot be compared.
    if (otherCount !== this.#otherCount) count.restart(now);
    this.#otherCount = otherCount;
    if (count.isWaiting && this.#ranges.every(({ arrived }) => arrived > 0)) count.settle(now);
    count.sample(this.#position + this.ahead + bytes, now);
    return count.value;
  }

  #request(start: number, end: number): void {
    const range = new SideRange(start, end, { ...this.#options, onEnd: () => this.#end(range) });
    this.#ranges = [...this.#ranges, range];
  }

  #end(range: SideRange): void {
    if (this.#isStopped || this.#options.gate.isClosed || !this.#ranges.includes(range)) return;
    if (range.isRefused) {
      this.#refuse(range);
    } else if (range.isCut) {
      this.#isUnreliable = true;
      this.#countCut();
    }
    this.#fill();
  }

  /** Uses fewer connections after a refusal. If the body's own connection is open, only that one: another may be refused for long. */
  #refuse(range: SideRange): void {
    const { source, onUseless } = this.#options;
    if (source.isOpen) {
      this.#stop();
      return;
    }
    const place = this.#ranges.indexOf(range);
    for (const later of this.#ranges.slice(place)) if (later.arrived === 0) this.#drop(later);
    if (this.#count.reduce()) return;
    this.#isStopped = this.#isRefused = true;
    onUseless();
  }

  /** Uses one connection for a while, and after several cuts for good. */
  #countCut(): void {
    const { clock, onUseless } = this.#options;
    this.#cuts += 1;
    this.#count.restart(clock.now() + PAUSE);
    if (this.#cuts <= MOST_CUTS) return;
    this.#isStopped = true;
    onUseless();
  }

  /** Continues without ranges. */
  #stop(): void {
    this.close();
    this.#options.onUseless();
  }
}
