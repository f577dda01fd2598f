import type { DownloadFailure, FailureCode } from './download-failure.js';
import { isTransientStatus } from './transient-status.js';
import { MOST_DELAY } from '../time/system-clock.js';

/** Settings of the retry rules. */
export interface RetryPolicyOptions {
  /** Retries without asking before the user is asked. Default 3; 0 asks every time. */
  readonly automaticAttempts?: number | undefined;
  /** Retries that the user may ask for before the failure is final. Default 3. */
  readonly manualAttempts?: number | undefined;
  /** A number from 0 up to 1 for the jitter. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** What to do about a failure. Delays are in ms. */
export type RetryDecision =
  | {
      /** Try again after the delay, or as soon as there is a connection. */
      readonly kind: 'wait' | 'wait-for-connection';
      /** Milliseconds until then. */
      readonly delay: number;
      /** Which retry without asking this is, from 1; 0 where none was spent. */
      readonly attempt: number;
      /** How many retries of this kind there are. */
      readonly maxAttempts: number;
    }
  | {
      /** Ask the user, or fail for good. */
      readonly kind: 'ask' | 'give-up';
      /** Which retry of the user's was the last, from 1; 0 before the first. */
      readonly attempt: number;
      /** How many retries the user may ask for. */
      readonly maxAttempts: number;
    };

/** Exponential backoff with full jitter: random(0, min(cap, base · 2^n)), as AWS describes it. */
const BASE = 1_000;
const CAP = 30_000;

/** Waits after a 429 that says nothing itself: 15 s, doubling to 5 min. */
const RATE_LIMIT_BASE = 15_000;
const RATE_LIMIT_CAP = 300_000;

/** How many 429 in a row, without new bytes, are waited for before the user is asked: half an hour where none names a time. */
const RATE_LIMIT_ATTEMPTS = 10;

/** New bytes after which both budgets are full again: the connection works. */
const PROOF_OF_PROGRESS = 256 * 1024;

/** Failures that may pass by themselves, with how often that is tried: as often as the budget allows, or once. */
const AUTOMATIC: Partial<Record<FailureCode, number>> = {
  network: Infinity,
  timeout: Infinity,
  http: Infinity,
  corrupt: 1,
  changed: 1,
};

/** Failures that no retry in this page mends. */
const FINAL: ReadonlySet<FailureCode> = new Set(['runtime', 'aborted', 'blocked']);

/** Keeps the two budgets of retries: those made without asking, and those the user asks for. */
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

  /** @throws RangeError when a number of attempts is not a whole number from 0 up. */
  constructor({ automaticAttempts = 3, manualAttempts = 3, random = Math.random }: RetryPolicyOptions = {}) {
    this.#automaticAttempts = wholeNumber('automaticAttempts', automaticAttempts);
    this.#manualAttempts = wholeNumber('manualAttempts', manualAttempts);
    this.#random = random;
  }

  /** Whether the user has a retry left. */
  get canRetry(): boolean {
    return this.#manual < this.#manualAttempts;
  }

  /** Which of the user's retries is under way; 0 before the first. */
  get manualAttempt(): number {
    return this.#manual;
  }

  /** How many retries the user has in all. */
  get manualAttempts(): number {
    return this.#manualAttempts;
  }

  /**
   * Tells how many bytes the load holds. Only bytes beyond the most ever held count: a load that
   * starts over and breaks at the same place makes no progress.
   */
  recordBytes(held: number): void {
    this.#bytes = Math.max(this.#bytes, held);
    if (this.#bytes - this.#bytesBefore < PROOF_OF_PROGRESS) return;
    this.refill();
  }

  /** Makes both budgets full again. */
  refill(): void {
    this.#bytesBefore = this.#bytes;
    this.#automatic = 0;
    this.#manual = 0;
    this.#rateLimited = 0;
    this.#offline = 0;
    this.#spent = {};
  }

  /** Says what to do about `failure` and spends what that costs. */
  decide(failure: DownloadFailure): RetryDecision {
    const { code } = failure;
    if (code === 'offline') {
      // Costs no attempt: a device may be offline for hours. The platform may also be wrong, so this waits as after a cut.
      return { kind: 'wait-for-connection', delay: this.#random() * backoff(this.#offline++), ...this.#automaticCount() };
    }
    if (code === 'rate-limited' && this.#automaticAttempts > 0 && this.#rateLimited < RATE_LIMIT_ATTEMPTS) {
      return { kind: 'wait', delay: this.#rateLimitDelay(failure), ...this.#automaticCount() };
    }
    if (this.#mayRetryAlone(failure)) {
      const ceiling = backoff(this.#automatic);
      this.#automatic += 1;
      this.#spent[code] = (this.#spent[code] ?? 0) + 1;
      const delay = obeyed(failure, ceiling) ?? this.#random() * ceiling;
      return { kind: 'wait', delay, ...this.#automaticCount() };
    }
    const count = { attempt: this.#manual, maxAttempts: this.#manualAttempts };
    return { kind: FINAL.has(code) || !this.canRetry ? 'give-up' : 'ask', ...count };
  }

  /** Spends one retry of the user, who asked for it; the automatic ones are full again. */
  spendManual(): void {
    this.#manual += 1;
    this.#automatic = 0;
    this.#rateLimited = 0;
    this.#spent = {};
  }

  #mayRetryAlone({ code, httpStatus }: DownloadFailure): boolean {
    if (this.#automatic >= this.#automaticAttempts) return false;
    // Of HTTP errors only 425 and 5xx are passing ones; 408 reads as a timeout.
    if (code === 'http' && (httpStatus === undefined || !isTransientStatus(httpStatus))) return false;
    return (this.#spent[code] ?? 0) < (AUTOMATIC[code] ?? 0);
  }

  #rateLimitDelay(failure: DownloadFailure): number {
    const factor = 2 ** this.#rateLimited++;
    return obeyed(failure, Math.min(RATE_LIMIT_CAP, BASE * factor)) ?? Math.min(RATE_LIMIT_CAP, RATE_LIMIT_BASE * factor);
  }

  #automaticCount(): { attempt: number; maxAttempts: number } {
    return { attempt: this.#automatic, maxAttempts: this.#automaticAttempts };
  }
}

/** The most that is waited after `failures` in a row, in ms. */
function backoff(failures: number): number {
  return Math.min(CAP, BASE * 2 ** failures);
}

/** The delay that the server asks for, but at least `least` ms: a server may name none, or a time that is over. `undefined` where it names nothing. */
function obeyed({ retryAfter }: DownloadFailure, least: number): number | undefined {
  if (retryAfter === undefined || Number.isNaN(retryAfter)) return undefined;
  return Math.min(MOST_DELAY, Math.max(least, retryAfter));
}

function wholeNumber(option: string, value: number): number {
  if (Number.isInteger(value) && value >= 0) return value;
  throw new RangeError(`${option} must be a whole number from 0 up, got ${value}`);
}
