import { checkOption } from '../checks.js';
import type { DownloadFailure, FailureCode } from './download-failure.js';
import { isTransientStatus } from './transient-status.js';
import { MOST_DELAY } from '../time/system-clock.js';

/** Options of the retry rules. */
export interface RetryPolicyOptions {
  /** Automatic retries before the user is asked. Default 3; with 0 the user is asked each time. */
  readonly automaticAttempts?: number | undefined;
  /** Retries of the user before the failure is final. Default 3. */
  readonly manualAttempts?: number | undefined;
  /** Returns a number from 0 up to 1 for the jitter. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** The reaction to a failure. */
export type RetryDecision =
  | {
      /** Retry after the delay, or as soon as there is a connection. */
      readonly kind: 'wait' | 'wait-for-connection';
      /** The delay in ms. */
      readonly delay: number;
      /** The number of this automatic retry, from 1; 0 if none was used. */
      readonly attempt: number;
      /** The number of automatic retries. */
      readonly maxAttempts: number;
    }
  | {
      /** Ask the user, or fail finally. */
      readonly kind: 'ask' | 'give-up';
      /** The number of the last retry of the user, from 1; 0 before the first. */
      readonly attempt: number;
      /** The number of retries of the user. */
      readonly maxAttempts: number;
    };

/** Exponential backoff with full jitter: random(0, min(cap, base · 2^n)), as AWS describes it. */
const BASE = 1_000;
const CAP = 30_000;

/** Waits after a 429 without `Retry-After`: 15 s, doubling to 5 min. */
const RATE_LIMIT_BASE = 15_000;
const RATE_LIMIT_CAP = 300_000;

/** The number of 429 in a row, without new bytes, after which the user is asked. Without `Retry-After` that takes half an hour. */
const RATE_LIMIT_ATTEMPTS = 10;

/** The number of new bytes that show that the connection works: after them both budgets are full again. */
const PROOF_OF_PROGRESS = 256 * 1024;

/** The failures that are retried automatically, and how often: as the budget allows, or once. */
const AUTOMATIC: Partial<Record<FailureCode, number>> = {
  network: Infinity,
  timeout: Infinity,
  http: Infinity,
  corrupt: 1,
  changed: 1,
};

/** The failures that no retry in this page can mend. */
const FINAL: ReadonlySet<FailureCode> = new Set(['runtime', 'aborted', 'blocked']);

/** Whether a failure of this kind may be retried without the user if an attempt is left. */
export function isRetriedAlone({ code, httpStatus }: DownloadFailure): boolean {
  // Of the HTTP errors only 425 and 5xx are temporary; 408 is a timeout.
  return code in AUTOMATIC && (code !== 'http' || (httpStatus !== undefined && isTransientStatus(httpStatus)));
}

/** The retry rules with their two budgets: automatic retries, and those of the user. */
export class RetryPolicy {
  readonly #automaticAttempts: number;
  readonly #manualAttempts: number;
  readonly #random: () => number;
  #automatic = 0;
  #manual = 0;
  #rateLimited = 0;
  #offline = 0;
  #bytesBefore = 0;
  #bytes = 0;
  #spent: Partial<Record<FailureCode, number>> = {};

  /** @throws RangeError when a number of attempts is not a whole number from 0 up; TypeError for another type. */
  constructor({ automaticAttempts = 3, manualAttempts = 3, random = Math.random }: RetryPolicyOptions = {}) {
    checkOption('automaticAttempts', automaticAttempts, 'count');
    checkOption('manualAttempts', manualAttempts, 'count');
    checkOption('random', random, 'function');
    this.#automaticAttempts = automaticAttempts;
    this.#manualAttempts = manualAttempts;
    this.#random = random;
  }

  /** Whether an automatic retry is left. */
  get canRetryAlone(): boolean {
    return this.#automatic < this.#automaticAttempts;
  }

  /** Whether the user has a retry left. */
  get canRetry(): boolean {
    return this.#manual < this.#manualAttempts;
  }

  /** The number of the last retry of the user; 0 before the first. */
  get manualAttempt(): number {
    return this.#manual;
  }

  /** The number of retries of the user in all. */
  get manualAttempts(): number {
    return this.#manualAttempts;
  }

  /**
   * Records how many bytes the load has. Only bytes beyond the highest number so far count: a load that restarts and
   * breaks at the same byte makes no progress.
   */
  recordBytes(held: number): void {
    this.#bytes = Math.max(this.#bytes, held);
    if (this.#bytes - this.#bytesBefore < PROOF_OF_PROGRESS) return;
    this.refill();
  }

  /** Restores both budgets. */
  refill(): void {
    this.#bytesBefore = this.#bytes;
    this.#automatic = 0;
    this.#manual = 0;
    this.#rateLimited = 0;
    this.#offline = 0;
    this.#spent = {};
  }

  /** Decides how to react to `failure`, and reduces the budget by its cost. */
  decide(failure: DownloadFailure): RetryDecision {
    const { code } = failure;
    if (code === 'offline') {
      // Costs no attempt: a device may be offline for hours. The platform may be wrong, so the delay is that of a broken connection.
      return { kind: 'wait-for-connection', delay: this.#random() * backoff(this.#offline++), ...this.#automaticCount() };
    }
    if (code === 'rate-limited' && this.#automaticAttempts > 0 && this.#rateLimited < RATE_LIMIT_ATTEMPTS) {
      return { kind: 'wait', delay: this.#rateLimitDelay(failure), ...this.#automaticCount() };
    }
    if (this.#mayRetryAlone(failure)) {
      const ceiling = backoff(this.#automatic);
      this.#automatic += 1;
      this.#spent[code] = (this.#spent[code] ?? 0) + 1;
      const delay = delayOfRetryAfter(failure, ceiling) ?? this.#random() * ceiling;
      return { kind: 'wait', delay, ...this.#automaticCount() };
    }
    const count = { attempt: this.#manual, maxAttempts: this.#manualAttempts };
    return { kind: FINAL.has(code) || !this.canRetry ? 'give-up' : 'ask', ...count };
  }

  /** Uses one retry of the user, and restores the automatic ones. */
  spendManual(): void {
    this.#manual += 1;
    this.#automatic = 0;
    this.#rateLimited = 0;
    this.#spent = {};
  }

  #mayRetryAlone(failure: DownloadFailure): boolean {
    const { code } = failure;
    return this.canRetryAlone && isRetriedAlone(failure) && (this.#spent[code] ?? 0) < (AUTOMATIC[code] ?? 0);
  }

  #rateLimitDelay(failure: DownloadFailure): number {
    const factor = 2 ** this.#rateLimited++;
    return delayOfRetryAfter(failure, Math.min(RATE_LIMIT_CAP, BASE * factor)) ?? Math.min(RATE_LIMIT_CAP, RATE_LIMIT_BASE * factor);
  }

  #automaticCount(): { attempt: number; maxAttempts: number } {
    return { attempt: this.#automatic, maxAttempts: this.#automaticAttempts };
  }
}

/** Returns the longest delay after `failures` in a row, in ms. */
function backoff(failures: number): number {
  return Math.min(CAP, BASE * 2 ** failures);
}

/**
 * Returns the delay of `Retry-After` in ms, but at least `least`: the header may be 0 or a time in the past. Returns `undefined`
 * without the header.
 */
function delayOfRetryAfter({ retryAfter }: DownloadFailure, least: number): number | undefined {
  if (retryAfter === undefined || Number.isNaN(retryAfter)) return undefined;
  return Math.min(MOST_DELAY, Math.max(least, retryAfter));
}
