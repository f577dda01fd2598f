import type { BodyParts } from '../body-parts.js';
import type { BodyState } from '../body-state.js';
import { isProvable } from '../integrity/file-version.js';
import { lengthOf, type Chunk, type Remainder } from '../network/chunk.js';
import { isCounted } from '../network/response-headers.js';
import { LineShare } from './line-share.js';
import type { ParallelRanges } from './parallel-ranges.js';

/** The least bytes, and the least time in ms, that more connections could shorten: trying them takes about two seconds. */
const LEAST_REST = 16 * 1024 * 1024;
const LEAST_TIME = 5_000;

/** How long the rate is measured before the code for more connections is loaded, in ms. */
const MEASURED = 500;

/** The origins for which this page has found more connections to be of no use. */
const useless = new Set<string>();

/**
 * Reads the bytes of a body over its own connection, and over others beside it where these make a large file faster. The code for the
 * others is loaded with the first file that needs it.
 */
export class ParallelReader {
  readonly #parts: BodyParts;
  readonly #state: BodyState;
  readonly #origin: string;
  readonly #share: LineShare;
  #begin: { readonly at: number; readonly bytes: number } | undefined;
  #counted = 0;
  #isRequested = false;
  #isClosed = false;
  #ranges: ParallelRanges | undefined;

  constructor(parts: BodyParts, state: BodyState) {
    this.#parts = parts;
    this.#state = state;
    this.#origin = new URL(parts.url).origin;
    this.#share = new LineShare(parts.context.clock);
  }

  /** Counts the bytes that have arrived beside the `loaded` bytes of the body, too. The result never falls. */
  count(loaded: number): number {
    return (this.#counted = Math.max(this.#counted, loaded + (this.#ranges?.ahead ?? 0)));
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
    if (rate !== undefined) void this.#load(rate);
    return chunks;
  }

  /** As `ParallelRanges.untilQuiet()`. */
  async untilQuiet(): Promise<void> {
    await this.#ranges?.untilQuiet();
  }

  /** Records that `bytes` of the body have arrived in all. */
  record(bytes: number): void {
    this.#share.record(bytes);
  }

  /** Closes all connections of the body at once, for a pause. Bytes that have arrived can still be read. */
  interrupt(): void {
    this.#ranges?.interrupt();
    this.#parts.source.interrupt();
  }

  /** Closes all connections of the body for good, and returns the bytes that had arrived and were not read. */
  close(): Remainder {
    this.#isClosed = true;
    this.#share.close();
    const remainder = this.#ranges?.close();
    const own = this.#parts.source.end();
    return remainder?.chunks.length ? remainder : own;
  }

  /** Returns the rate of all downloads of the page, in bytes per ms, once it shows that more connections are worth trying. */
  #measure(position: number): number | undefined {
    const rest = (this.#state.total ?? 0) - position;
    if (rest < LEAST_REST || !this.#isPossible) return undefined;
    const now = this.#parts.context.clock.now();
    const bytes = position + this.#share.others.bytes;
    this.#begin ??= { at: now, bytes };
    const elapsed = now - this.#begin.at;
    const rate = (bytes - this.#begin.bytes) / elapsed;
    return elapsed >= MEASURED && rest / rate >= LEAST_TIME ? rate : undefined;
  }

  get #isPossible(): boolean {
    const { context, source, listed } = this.#parts;
    const { version, form, isCode } = this.#state;
    // The browser compiles code while it arrives, from one response.
    const isPlain = isProvable(version) && isCounted(form.coding) && !isCode;
    // Other addresses may be valid for one request only. Those of a hub are not, and its hash is compared with the body.
    const isListed = listed.hasHash && listed.size === version.total;
    const isAllowed = context.connections > 1 && !source.ranges.isRefused && !useless.has(this.#origin) && !isControlled();
    return isPlain && isListed && isAllowed && !this.#isRequested && !this.#share.isTaken;
  }

  async #load(rate: number): Promise<void> {
    this.#isRequested = true;
    this.#share.take();
    // Without the code, for example offline, there is one connection.
    const code = await import('./parallel-ranges.js').catch(() => undefined);
    const { total, validator } = this.#state.version;
    if (!code || total === undefined || this.#isClosed) {
      this.#share.release();
      return;
    }
    const { context, request, source } = this.#parts;
    this.#ranges = new code.ParallelRanges(rate, {
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
