import type { Clock, Timer } from '../../core/index.js';
import { dismiss, ResponseFailure, type Connection } from './connection.js';
import type { NetworkSource } from './network-source.js';
import { isCompiled } from './whole-answer.js';

/** How long the browser's cache may take to hand over what it has kept, in ms: a moment, and a part of the time in which it came. */
const MOMENT = 200;
const SHARE = 1 / 8;
const MOST_SHARE = 800;

/** Requests in a row for the copy that bring no byte, after which a range is asked for. */
const MOST_FAILURES = 2;

/**
 * What the browser's own cache has kept of a file with code whose answer broke off. Asked for the whole file, the browser
 * hands that part over, asks the server for the rest, and has all of the file at the next visit. It keeps nothing of a
 * range, so that the next visit would download that part again. Not every browser does so, which only shows by how soon
 * the bytes come.
 */
export class BrowserCopy {
  readonly #clock: Clock;
  readonly #isCode: boolean;
  #isLikely: boolean;
  #failures = 0;
  #begunAt = 0;
  #took = 0;

  constructor(url: string, clock: Clock) {
    this.#clock = clock;
    // An earlier visit may have been the one whose answer broke off.
    this.#isCode = this.#isLikely = /\.wasm$/i.test(new URL(url).pathname);
  }

  /** Whether the file may be continued by asking the browser for the whole. */
  get isWorthRequesting(): boolean {
    return this.#isLikely && this.#failures < MOST_FAILURES;
  }

  /** Notes the first answer: whether browsers keep a part of it, and complete that. */
  begin({ response, declared, coding }: Connection): void {
    const { headers } = response;
    const isKept = declared !== undefined && coding !== 'some' && !/no-store/i.test(headers.get('Cache-Control') ?? '');
    this.#isLikely = (this.#isCode || isCompiled(response)) && isKept && headers.get('Accept-Ranges') !== 'none';
    this.#begunAt = this.#clock.now();
  }

  /** An answer to a request for the whole file has brought bytes that were not here before. */
  succeed(): void {
    this.#failures = 0;
    this.#took = this.#clock.now() - this.#begunAt;
  }

  /**
   * Notes why a request for the copy has brought no byte.
   *
   * @returns Whether a range can be asked for at once: the server has refused the one by which the browser completes its copy.
   */
  fail(cause: unknown): boolean {
    this.#failures++;
    if (!(cause instanceof ResponseFailure) || cause.response.status === 429 || cause.retryAfter !== undefined) return false;
    dismiss(cause.response);
    this.#isLikely = false;
    return true;
  }

  /** Resolves with whether the bytes that are to be skipped come out of the cache: then they are here at once. */
  async isAvailable(source: NetworkSource): Promise<boolean> {
    const limit = MOMENT + Math.min(SHARE * this.#took, MOST_SHARE);
    let timer: Timer;
    const tooLate = new Promise<false>((resolve) => (timer = this.#clock.setTimeout(() => resolve(false), limit)));
    this.#isLikely = await Promise.race([source.isSkipped(), tooLate]).finally(() => this.#clock.clearTimeout(timer));
    return this.#isLikely;
  }
}
