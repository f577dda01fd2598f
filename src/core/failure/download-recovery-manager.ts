import { classifyFailure } from './classify-failure.js';
import { epochNow, type Clock } from '../time/clock.js';
import { deferred } from '../deferred.js';
import { DownloadFailure, type FailureCode } from './download-failure.js';
import { notify } from '../time/notify.js';
import type { RecoveryState } from './recovery-state.js';
import { RecoveryWait, type Connectivity } from './recovery-wait.js';
import { RetryPolicy, type RetryDecision, type RetryPolicyOptions } from './retry-policy.js';
import { systemClock } from '../time/system-clock.js';

/** Settings of a {@link DownloadRecoveryManager}. */
export interface DownloadRecoveryManagerOptions extends RetryPolicyOptions {
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
  /** Default: nobody knows, and nothing is ever taken for offline. */
  readonly connectivity?: Connectivity | undefined;
  /** Called when recovery begins to wait or to ask, gives up, or goes on. What it throws surfaces as an uncaught error. */
  readonly onChange?: ((state: RecoveryState) => void) | undefined;
  /** Whether to wait for the user after the automatic attempts. Default `true`; `false` rejects then. */
  readonly interactive?: boolean | undefined;
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
  readonly #interactive: boolean;
  readonly #discard: (() => Promise<void>) | undefined;
  #stop: ((reason: DownloadFailure) => void) | undefined;
  /** The wait between two attempts; `undefined` while there is none. */
  #wait: RecoveryWait | undefined;
  #isOver = false;
  /** When the next attempt may begin by itself, by the clock. */
  #nextAt = -Infinity;
  #recovering: Promise<void> | undefined;
  #waitsFor: FailureCode | undefined;
  readonly #restarts = new WeakSet<DownloadFailure>();
  readonly #givenUp = new WeakSet<DownloadFailure>();

  constructor(options: DownloadRecoveryManagerOptions = {}) {
    const { clock = systemClock, connectivity, onChange, interactive = true, discard } = options;
    this.policy = new RetryPolicy(options);
    this.#clock = clock;
    this.#connectivity = connectivity;
    this.#onChange = onChange;
    this.#interactive = interactive;
    this.#discard = discard;
  }

  /** Whether "start over" has something to start over from. */
  get canRestart(): boolean {
    return this.#discard !== undefined && this.#wait !== undefined;
  }

  /**
   * Runs `load` once and again after each failure that recovery can act on.
   *
   * @throws DownloadFailure when recovery is over: given up, cancelled, or not asked for.
   */
  async run<T>(load: () => Promise<T>): Promise<T> {
    const { promise: stopped, reject } = deferred<never>();
    // The load itself may lose the race; then nothing else handles this rejection.
    stopped.catch(() => undefined);
    this.#stop = reject;
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
      this.#wait?.end(new DownloadFailure('aborted', 'The load is over.'));
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
    if (!this.#wait) return false;
    if (this.#wait.isManual) this.policy.spendManual();
    this.#wait.goOn();
    return true;
  }

  /** Drops what is held of the download, then runs its load anew. Spends what `retry()` spends. */
  async restart(): Promise<boolean> {
    if (!this.canRestart) return false;
    await this.#discard?.();
    // The wait may have ended meanwhile.
    if (!this.#wait) return false;
    if (this.#wait.isManual) this.policy.spendManual();
    const failure = new DownloadFailure('aborted', 'The download starts over.');
    this.#restarts.add(failure);
    this.#wait.end(failure);
    return true;
  }

  /** Ends the run, and any wait: their promises reject with `aborted`. */
  cancel(message = 'The download was cancelled.'): void {
    const failure = new DownloadFailure('aborted', message);
    if (this.#stop) this.#isOver = true;
    this.#stop?.(failure);
    this.#wait?.end(failure);
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
    if (decision.kind === 'give-up' || (decision.kind === 'ask' && !this.#interactive)) {
      this.#givenUp.add(failure);
      this.#notify({ status: 'failed', failure, attempt, maxAttempts, canRetry: false });
      throw failure;
    }
    const wait = new RecoveryWait(decision, { clock: this.#clock, connectivity: this.#connectivity, earliest: this.#nextAt });
    this.#wait = wait;
    this.#notifyWait(wait, decision, failure);
    let goesOn = true;
    try {
      await wait.promise;
    } catch (reason) {
      goesOn = this.#restarts.has(reason as DownloadFailure);
      throw reason;
    } finally {
      const { manualAttempt, manualAttempts } = this.policy;
      const count = wait.isManual ? { attempt: manualAttempt, maxAttempts: manualAttempts } : { attempt, maxAttempts };
      wait.release();
      this.#wait = undefined;
      this.#nextAt = this.#clock.now() + LEAST_INTERVAL;
      if (goesOn) this.#notify({ status: 'running', failure, ...count });
    }
  }

  #notifyWait(wait: RecoveryWait, { kind, attempt, maxAttempts }: RetryDecision, failure: DownloadFailure): void {
    const count = { failure, attempt, maxAttempts };
    if (wait.isManual) {
      this.#notify({ status: 'failed', ...count, canRetry: true });
    } else {
      const retryAt = kind === 'wait' && wait.delay !== undefined ? epochNow(this.#clock) + wait.delay : undefined;
      this.#notify({ status: 'waiting', ...count, retryAt });
    }
  }

  /** A platform that cannot say whether there is a connection says nothing. */
  #isOnline(): boolean | undefined {
    try {
      return this.#connectivity?.isOnline();
    } catch {
      return undefined;
    }
  }

  #notify(state: RecoveryState): void {
    notify(this.#onChange, state, this.#clock);
  }
}
