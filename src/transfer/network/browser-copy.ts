import type { Clock, Timer } from '../../core/index.js';
import { dismiss, ResponseFailure, type Connection } from './connection.js';
import type { FileVersion } from '../integrity/file-version.js';
import type { OpenResponse } from './open-response.js';
import { isSuspect } from './suspect-addresses.js';
import { isCompiled } from './whole-response.js';

/**
 * How long the browser's cache may take to deliver its part of a file, in ms: a constant and a share of the time in which the part was
 * downloaded. The share is limited.
 */
const MOMENT = 200;
const SHARE = 1 / 4;
const MOST_SHARE = 800;

/** Requests in a row for the copy that deliver no byte, after which a range is requested. */
const MOST_FAILURES = 2;

/**
 * The part of a WebAssembly file that the browser's own cache has stored before its connection broke. On a request for the
 * whole file, Chromium and Firefox deliver that part, request the rest, and store the whole file for the next visit. They would not
 * store a range: after it, the next visit would download the file again. WebKit stores no such part. Only how soon the bytes
 * arrive shows whether there is one.
 */
export class BrowserCopy {
  readonly #url: string;
  readonly #clock: Clock;
  readonly #isCode: boolean;
  #isLikely: boolean;
  #failures = 0;
  #begunAt = 0;
  #took = 0;

  constructor(url: string, clock: Clock) {
    this.#url = url;
    this.#clock = clock;
    // The connection may have broken in an earlier visit.
    this.#isCode = this.#isLikely = /\.wasm$/i.test(new URL(url).pathname);
  }

  /** Whether the received bytes of this version are to be continued by a request for the whole file. */
  isWorthRequesting({ validator }: FileVersion): boolean {
    return this.#isLikely && this.#failures < MOST_FAILURES && validator !== undefined && !isSuspect(this.#url);
  }

  /** Records, by the first response, whether browsers would store a part of it and complete that part later. */
  begin({ response, declared, coding }: Connection): void {
    const { headers } = response;
    const isKept = declared !== undefined && coding !== 'some' && !forbidsStoring(response);
    this.#isLikely = (this.#isCode || isCompiled(response)) && isKept && headers.get('Accept-Ranges') !== 'none';
    this.#begunAt = this.#clock.now();
  }

  /** Returns and records whether browsers store nothing of this response, so that its body does not come from their copy. */
  isImpossible(response: Response): boolean {
    const isImpossible = forbidsStoring(response);
    if (isImpossible) this.#isLikely = false;
    return isImpossible;
  }

  /** Records new bytes, if a request for the whole file has delivered them. */
  recordBytes(isRange: boolean): void {
    if (isRange) return;
    this.#failures = 0;
    this.#took = this.#clock.now() - this.#begunAt;
  }

  /**
   * Records why a request for the copy has delivered no byte.
   *
   * @returns Whether a range can be requested at once, because the server has refused the request by which the browser completes its
   * copy.
   */
  fail(cause: unknown): boolean {
    this.#failures++;
    if (!(cause instanceof ResponseFailure) || cause.response.status === 429 || cause.retryAfter !== undefined) return false;
    dismiss(cause.response);
    this.#isLikely = false;
    return true;
  }

  /**
   * Resolves with whether the bytes to be skipped are in the cache: then they arrive at once.
   *
   * @param took How long these bytes took to arrive in an earlier visit, in ms. Default: they are of this visit.
   */
  async isAvailable(response: Pick<OpenResponse, 'isSkipped'>, took = this.#took): Promise<boolean> {
    const limit = MOMENT + Math.min(SHARE * took, MOST_SHARE);
    let timer: Timer;
    const tooLate = new Promise<false>((resolve) => (timer = this.#clock.setTimeout(() => resolve(false), limit)));
    this.#isLikely = await Promise.race([response.isSkipped(), tooLate]).finally(() => this.#clock.clearTimeout(timer));
    return this.#isLikely;
  }
}

function forbidsStoring({ headers }: Response): boolean {
  return /no-store/i.test(headers.get('Cache-Control') ?? '');
}
