import type { BodyParts } from '../body-parts.js';
import type { BodyState } from '../body-state.js';
import { isProvable } from '../integrity/file-version.js';
import { lengthOf, type Chunk, type Remainder } from '../network/chunk.js';
import { isCounted } from '../network/response-headers.js';
import { LineShare } from './line-share.js';
import { ParallelRanges } from './parallel-ranges.js';

/** How long the rest of a file would have to take over one connection, in ms, so that others are tried. */
const LEAST_TIME = 5_000;

/** How long the rate is measured before others are tried, in ms. */
const MEASURED = 500;

/** The origins for which this page has found more connections to be of no use. */
const useless = new Set<string>();

/** Reads the bytes of a large file over connections beside its own, where these make it faster. */
export class ParallelReader {
  readonly #parts: BodyParts;
  readonly #state: BodyState;
  readonly #origin: string;
  readonly #share: LineShare;
  #since: { readonly at: number; readonly bytes: number } | undefined;
  #counted = 0;
  #ranges: ParallelRanges | undefined;

  constructor(parts: BodyParts, state: BodyState) {
    this.#parts = parts;
    this.#state = state;
    this.#origin = new URL(parts.url).origin;
    this.#share = new LineShare(parts.context.clock);
  }

  /**
   * Counts the bytes that have arrived beside the `loaded` bytes of the body, too. The result never falls.
   *
   * @param isReceiving Whether bytes arrive from the network.
   */
  count(loaded: number, isReceiving: boolean): number {
    this.#counted = Math.max(this.#counted, loaded + (this.#ranges?.ahead ?? 0));
    if (isReceiving) this.#share.record(this.#counted);
    return this.#counted;
  }

  /** Whether the next bytes come from another connection than the body's own. */
  hasBytesAt(position: number): boolean {
    return this.#ranges?.hasBytesAt(position) === true;
  }

  /** As `ParallelRanges.read()`. */
  async read(position: number): Promise<readonly Chunk[] | undefined> {
    const chunks = await this.#ranges?.read(position);
    if (chunks) this.#state.joinRange();
    return chunks;
  }

  /** As `ParallelRanges.pass()`. */
  async pass(chunks: readonly Chunk[], position: number): Promise<readonly Chunk[]> {
    if (this.#ranges) return this.#ranges.pass(chunks, position);
    const rate = this.#measure(position + lengthOf(chunks));
    if (rate !== undefined) this.#begin(rate);
    return chunks;
  }

  /** As `ParallelRanges.untilQuiet()`. */
  async untilQuiet(): Promise<void> {
    await this.#ranges?.untilQuiet();
  }

  /** As `ParallelRanges.interrupt()`. */
  interrupt(): void {
    this.#ranges?.interrupt();
  }

  /** As `ParallelRanges.close()`; `undefined` if there were no ranges. */
  close(): Remainder | undefined {
    this.#share.close();
    return this.#ranges?.close();
  }

  /** Returns the rate of all downloads of the page, in bytes per ms, once it shows that more connections are worth trying. */
  #measure(position: number): number | undefined {
    if (!this.#isPossible) return undefined;
    const rest = (this.#state.total ?? 0) - position;
    const now = this.#parts.context.clock.now();
    const bytes = position + this.#share.others.bytes;
    this.#since ??= { at: now, bytes };
    const elapsed = now - this.#since.at;
    const rate = (bytes - this.#since.bytes) / elapsed;
    return elapsed >= MEASURED && rest / rate >= LEAST_TIME ? rate : undefined;
  }

  get #isPossible(): boolean {
    const { source, listed } = this.#parts;
    const { version, form, isCode } = this.#state;
    // The browser compiles code while it arrives, from one response.
    const isPlain = isProvable(version) && isCounted(form.coding) && !isCode;
    // Other addresses may be valid for one request only. Those of a hub are not, and its hash is compared with the body.
    const isListed = listed.hasHash && version.total !== undefined && listed.size === version.total;
    const isAllowed = !source.ranges.isRefused && !useless.has(this.#origin) && !isControlled();
    return isPlain && isListed && isAllowed && !this.#share.isTaken;
  }

  #begin(rate: number): void {
    const { context, request, source } = this.#parts;
    const { total = 0, validator } = this.#state.version;
    this.#share.take();
    this.#ranges = new ParallelRanges(rate, {
      ...context,
      request,
      source,
      version: { total, validator },
      others: () => this.#share.others,
      onUseless: () => {
        useless.add(this.#origin);
        this.#share.release();
      },
    });
  }
}

/** Whether a service worker controls this page. It may read a copy of the response to its end, also after this layer has closed it. */
function isControlled(): boolean {
  const { navigator } = globalThis as { navigator?: { serviceWorker?: { controller: unknown } } };
  return Boolean(navigator?.serviceWorker?.controller);
}
