import { checkOptions } from '../checks.js';
import { classifyFailure } from './classify-failure.js';
import { epochNow, type Clock } from '../time/clock.js';
import { deferred } from '../deferred.js';
import { DownloadFailure, type FailureCode } from './download-failure.js';
import { notify } from '../time/notify.js';
import type { RecoveryState } from './recovery-state.js';
import { RecoveryWait, type Connectivity } from './recovery-wait.js';
import { RetryPolicy, type RetryDecision, type RetryPolicyOptions } from './retry-policy.js';
import { systemClock } from '../time/system-clock.js';

/** Options of a {@link DownloadRecoveryManager}. */
export interface DownloadRecoveryManagerOptions extends RetryPolicyOptions {
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
  /** Reports the connection. Default: unknown, so that no failure counts as offline. */
  readonly connectivity?: Connectivity | undefined;
  /** Called when recovery waits for a time or for the user, gives up or continues. An error that it throws is reported as uncaught. */
  readonly onChange?: ((state: RecoveryState) => void) | undefined;
  /** Whether to wait for the user after the automatic attempts. Default `true`. With `false` the load rejects instead. */
  readonly interactive?: boolean | undefined;
  /** Deletes the stored bytes of the download before a restart; `undefined` where none are stored. */
  readonly discard?: (() => Promise<void>) | undefined;
}

/** The least time between two automatic attempts, in ms, whatever a server or the platform reports. */
const LEAST_INTERVAL = 1_000;

/**
 * Runs one load until it succeeds or no attempt is left. A manager whose `run()` is not called only recovers transfers, by
 * `recover()`, and never ends.
 */
export class DownloadRecoveryManager {
  /** The retry rules with their budgets. */
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
  /** When the next attempt may begin automatically, by the clock. */
  #nextAt = -Infinity;
  #recovering: Promise<void> | undefined;
  #waitsFor: FailureCode | undefined;
  readonly #restarts = new WeakSet<DownloadFailure>();
  readonly #givenUp = new WeakSet<DownloadFailure>();

  /** @throws TypeError or RangeError when an option is not valid. */
  constructor(options: DownloadRecoveryManagerOptions = {}) {
    checkOptions(options, { clock: 'object', connectivity: 'object', onChange: 'function', interactive: 'boolean', discard: 'function' });
    const { clock = systemClock, connectivity, onChange, interactive = true, discard } = options;
    this.policy = new RetryPolicy(options);
    this.#clock = clock;
    this.#connectivity = connectivity;
    this.#onChange = onChange;
    this.#interactive = interactive;
    this.#discard = discard;
  }

  /** Whether a restart has an effect now. */
  get canRestart(): boolean {
    return this.#discard !== undefined && this.#wait !== undefined;
  }

  /** Whether the load could continue after a broken connection: an automatic retry, or one of the user, is left. */
  get canRecover(): boolean {
    return this.policy.canRetryAlone || (this.#interactive && this.policy.canRetry);
  }

  /**
   * Runs `load`, and runs it again after each failure that can be retried.
   *
   * @throws DownloadFailure when no attempt is left, or after a cancel.
   */
  async run<T>(load: () => Promise<T>): Promise<T> {
    const { promise: stopped, reject } = deferred<never>();
    // `load` may call `cancel()` before the race below handles this rejection.
    stopped.catch(() => undefined);
    this.#stop = reject;
    this.#isOver = false;
    try {
      for (;;) {
        try {
          return await Promise.race([load(), stopped]);
        } catch (cause) {
          // A cancel right after the end of a wait must not load again.
          await Promise.race([this.#recoverLoad(cause), stopped]);
        }
      }
    } finally {
      this.#isOver = true;
      this.#stop = undefined;
      // A transfer that the load did not need may still wait.
      this.#wait?.end(new DownloadFailure('aborted', 'The load is over.'));
    }
  }

  /**
   * Waits as the retry rules require, and resolves when the next attempt may begin. Call it for a broken transfer, to continue
   * the transfer without ending the load. Failures during a wait share that wait; a first `rate-limited` one adds its own.
   *
   * @throws DownloadFailure when no attempt is left.
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
    // All callers may have left; then nothing else handles this rejection.
    recovering.catch(() => undefined);
    return recovering;
  }

  /** Ends the wait, so that the next attempt begins. A wait for the user uses one of their retries. Returns whether there was a wait. */
  retry(): boolean {
    const wait = this.#takeWait();
    wait?.goOn();
    return Boolean(wait);
  }

  /**
   * Deletes the stored bytes of the download, then runs its load again. A wait for the user uses one of their retries. Resolves with
   * `false` if `canRestart` is `false`, or if the wait ends during the deletion.
   */
  async restart(): Promise<boolean> {
    if (!this.canRestart) return false;
    await this.#discard?.();
    // The wait may have ended during the deletion.
    const wait = this.#takeWait();
    if (!wait) return false;
    const failure = new DownloadFailure('aborted', 'The download starts over.');
    this.#restarts.add(failure);
    wait.end(failure);
    return true;
  }

  /** Ends the load and its wait: their promises reject with `aborted`. */
  cancel(message = 'The download was cancelled.'): void {
    const failure = new DownloadFailure('aborted', message);
    if (this.#stop) this.#isOver = true;
    this.#stop?.(failure);
    this.#wait?.end(failure);
  }

  /** Returns the wait that an action of the user ends. A second action before the next attempt has no effect, and no cost. */
  #takeWait(): RecoveryWait | undefined {
    const wait = this.#wait;
    this.#wait = undefined;
    if (wait?.isManual) this.policy.spendManual();
    return wait;
  }

  /** Works as `recover()` for a load that has ended, but also resolves after a restart, since the load begins again anyway. */
  async #recoverLoad(cause: unknown): Promise<void> {
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

  /** Whether the platform reports a connection; `undefined` if it does not, or throws. */
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
