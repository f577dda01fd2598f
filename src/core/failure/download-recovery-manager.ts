import { classifyFailure } from './classify-failure.js';
import type { Clock, Timer } from '../time/clock.js';
import { epochNow } from '../time/clock.js';
import { DownloadFailure, type FailureCode } from './download-failure.js';
import { notify } from '../time/notify.js';
import { RetryPolicy, type RetryDecision, type RetryPolicyOptions } from './retry-policy.js';
import { systemClock } from '../time/system-clock.js';

/** The port to the platform's word on whether there is a connection. */
export interface Connectivity {
  /** `undefined` when the platform does not say. */
  isOnline(): boolean | undefined;
  /** Calls `listener` whenever a connection comes back; returns what ends that. */
  onOnline(listener: () => void): () => void;
}

/** Where a recovery stands, as the elements draw it. */
export type RecoveryState =
  | {
      /** It goes on: a wait is over, or the user asked for another attempt. */
      readonly status: 'running';
      /** What broke the last attempt. */
      readonly failure: DownloadFailure;
      /** Which retry this is, from 1; 0 before the first. */
      readonly attempt: number;
      /** How many retries of this kind there are: those made without asking, or those that the user may ask for. */
      readonly maxAttempts: number;
    }
  | {
      /** The next attempt begins by itself. */
      readonly status: 'waiting';
      /** What broke the last attempt. */
      readonly failure: DownloadFailure;
      /** Which retry this is, from 1; 0 before the first. */
      readonly attempt: number;
      /** How many retries of this kind there are: those made without asking, or those that the user may ask for. */
      readonly maxAttempts: number;
      /** Milliseconds since 1970; `undefined` while it is the connection that is waited for. */
      readonly retryAt: number | undefined;
    }
  | {
      /** The user is asked, or there is no further attempt. */
      readonly status: 'failed';
      /** What broke the last attempt. */
      readonly failure: DownloadFailure;
      /** Which retry this is, from 1; 0 before the first. */
      readonly attempt: number;
      /** How many retries of this kind there are: those made without asking, or those that the user may ask for. */
      readonly maxAttempts: number;
      /** Whether the user may ask for another attempt. */
      readonly canRetry: boolean;
    };

/** Settings of a {@link DownloadRecoveryManager}. */
export interface DownloadRecoveryManagerOptions extends RetryPolicyOptions {
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
  /** Default: nobody knows, and nothing is ever taken for offline. */
  readonly connectivity?: Connectivity | undefined;
  /** Called when recovery begins to wait or to ask, gives up, or goes on. What it throws surfaces as an uncaught error. */
  readonly onChange?: ((state: RecoveryState) => void) | undefined;
  /** Whether to wait for the user after the automatic attempts. Default `true`; `false` rejects then. */
  readonly asks?: boolean | undefined;
  /** Drops what is held of the download before "start over"; `undefined` where nothing partial is kept. */
  readonly discard?: (() => Promise<void>) | undefined;
}

/** The least time between two automatic attempts, in ms, whatever a server or the platform says. */
const LEAST_INTERVAL = 1_000;

/**
 * Runs one load until it succeeds or recovery is over. A manager that runs no load recovers
 * transfers only, for as long as its owner likes.
 */
export class DownloadRecoveryManager {
  /** The rules, and what is left of their budgets. */
  readonly policy: RetryPolicy;

  readonly #clock: Clock;
  readonly #connectivity: Connectivity | undefined;
  readonly #onChange: ((state: RecoveryState) => void) | undefined;
  readonly #asks: boolean;
  readonly #discard: (() => Promise<void>) | undefined;
  #goOn: (() => void) | undefined;
  #stop: ((reason: DownloadFailure) => void) | undefined;
  /** Ends a wait without going on. */
  #endWait: ((reason: DownloadFailure) => void) | undefined;
  #isAsking = false;
  #isOver = false;
  /** When the next attempt may begin by itself, by the clock. */
  #nextAt = -Infinity;
  #recovering: Promise<void> | undefined;
  #waitsFor: FailureCode | undefined;
  readonly #restarts = new WeakSet<DownloadFailure>();
  readonly #givenUp = new WeakSet<DownloadFailure>();

  constructor(options: DownloadRecoveryManagerOptions = {}) {
    const { clock = systemClock, connectivity, onChange, asks = true, discard } = options;
    this.policy = new RetryPolicy(options);
    this.#clock = clock;
    this.#connectivity = connectivity;
    this.#onChange = onChange;
    this.#asks = asks;
    this.#discard = discard;
  }

  /** Whether "start over" has something to start over from. */
  get canRestart(): boolean {
    return this.#discard !== undefined && this.#goOn !== undefined;
  }

  /**
   * Runs `load` once and again after each failure that recovery can act on.
   *
   * @throws DownloadFailure when recovery is over: given up, cancelled, or not asked for.
   */
  async run<T>(load: () => Promise<T>): Promise<T> {
    const stopped = new Promise<never>((_, reject) => (this.#stop = reject));
    // The load itself may lose the race; then nothing else handles this rejection.
    stopped.catch(() => undefined);
    this.#isOver = false;
    try {
      for (;;) {
        try {
          return await Promise.race([load(), stopped]);
        } catch (cause) {
          await this.#recoverLoad(cause);
        }
      }
    } finally {
      this.#isOver = true;
      this.#stop = undefined;
      // A transfer may still wait that the load has done without.
      this.#endWait?.(new DownloadFailure('aborted', 'The load is over.'));
    }
  }

  /**
   * Waits for what the rules say about a failure, and resolves when it is time to go on: a broken
   * transfer calls it to continue where it is, without ending the load. Failures that come while
   * another is waited for share its wait; a server that asks for patience is waited for in any case.
   *
   * @throws DownloadFailure when recovery is over.
   */
  recover(cause: unknown): Promise<void> {
    const failure = classifyFailure(cause, this.#isOnline());
    if (this.#isOver || failure.code === 'aborted' || this.#givenUp.has(failure)) return Promise.reject(failure);
    const before = this.#recovering;
    if (before && (failure.code !== 'rate-limited' || this.#waitsFor === 'rate-limited')) return before;
    this.#waitsFor = failure.code;
    const recovering = (before ? before.then(() => this.#recover(failure)) : this.#recover(failure)).finally(() => {
      if (this.#recovering === recovering) this.#recovering = undefined;
    });
    this.#recovering = recovering;
    // Every caller may have stopped waiting before it ends.
    recovering.catch(() => undefined);
    return recovering;
  }

  /** Goes on at once: ends a wait, or spends one of the user's attempts. Returns whether there was anything to retry. */
  retry(): boolean {
    if (!this.#goOn) return false;
    if (this.#isAsking) this.policy.spendManual();
    this.#goOn();
    return true;
  }

  /** Drops what is held of the download, then runs its load anew. Spends what `retry()` spends. */
  async restart(): Promise<boolean> {
    if (!this.canRestart) return false;
    await this.#discard?.();
    // The wait may have ended meanwhile.
    if (!this.#endWait) return false;
    if (this.#isAsking) this.policy.spendManual();
    const failure = new DownloadFailure('aborted', 'The download starts over.');
    this.#restarts.add(failure);
    this.#endWait(failure);
    return true;
  }

  /** Ends the run, and any wait: their promises reject with `aborted`. */
  cancel(message = 'The download was cancelled.'): void {
    const failure = new DownloadFailure('aborted', message);
    if (this.#stop) this.#isOver = true;
    this.#stop?.(failure);
    this.#endWait?.(failure);
  }

  /** As `recover()`, for a load that has ended: starting over needs nothing more than to load again. */
  async #recoverLoad(cause: unknown): Promise<void> {
    if (this.#restarts.has(cause as DownloadFailure)) return;
    try {
      await this.recover(cause);
    } catch (failure) {
      if (!this.#restarts.has(failure as DownloadFailure)) throw failure;
    }
  }

  async #recover(failure: DownloadFailure): Promise<void> {
    const decision = this.policy.decide(failure);
    const { attempt, maxAttempts } = decision;
    if (decision.kind === 'give-up' || (decision.kind === 'ask' && !this.#asks)) {
      this.#givenUp.add(failure);
      this.#tell({ status: 'failed', failure, attempt, maxAttempts, canRetry: false });
      throw failure;
    }
    this.#isAsking = decision.kind === 'ask';
    const wait = this.#wait(decision);
    if (decision.kind === 'ask') {
      this.#tell({ status: 'failed', failure, attempt, maxAttempts, canRetry: true });
    } else {
      const retryAt = decision.kind === 'wait' ? epochNow(this.#clock) + this.#delayOf(decision) : undefined;
      this.#tell({ status: 'waiting', failure, attempt, maxAttempts, retryAt });
    }
    let goesOn = true;
    try {
      await wait.promise;
    } catch (reason) {
      goesOn = this.#restarts.has(reason as DownloadFailure);
      throw reason;
    } finally {
      const { manualAttempt, manualAttempts } = this.policy;
      const count = this.#isAsking ? { attempt: manualAttempt, maxAttempts: manualAttempts } : { attempt, maxAttempts };
      wait.release();
      this.#nextAt = this.#clock.now() + LEAST_INTERVAL;
      if (goesOn) this.#tell({ status: 'running', failure, ...count });
    }
  }

  #wait(decision: RetryDecision): { promise: Promise<void>; release: () => void } {
    let timer: Timer;
    let unsubscribe: (() => void) | undefined;
    const promise = new Promise<void>((resolve, reject) => {
      this.#goOn = resolve;
      this.#endWait = reject;
    });
    const goOnIn = (delay: number): void => {
      this.#clock.clearTimeout(timer);
      timer = this.#clock.setTimeout(() => this.#goOn?.(), delay);
    };
    // A wait for the connection ends by time too: the platform's word alone is not to be trusted.
    if ('delay' in decision) goOnIn(this.#delayOf(decision));
    if (decision.kind === 'wait-for-connection') {
      unsubscribe = this.#connectivity?.onOnline(() => {
        const rest = this.#nextAt - this.#clock.now();
        if (rest > 0) goOnIn(rest);
        else this.#goOn?.();
      });
    }
    const release = (): void => {
      this.#clock.clearTimeout(timer);
      unsubscribe?.();
      this.#goOn = undefined;
      this.#endWait = undefined;
      this.#isAsking = false;
    };
    return { promise, release };
  }

  #delayOf({ delay }: Extract<RetryDecision, { delay: number }>): number {
    return Math.max(delay, this.#nextAt - this.#clock.now());
  }

  /** A platform that cannot say whether there is a connection says nothing. */
  #isOnline(): boolean | undefined {
    try {
      return this.#connectivity?.isOnline();
    } catch {
      return undefined;
    }
  }

  #tell(state: RecoveryState): void {
    notify(this.#onChange, state, this.#clock);
  }
}
