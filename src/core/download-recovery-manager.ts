import { classifyFailure } from './classify-failure.js';
import type { Clock, Timer } from './clock.js';
import { epochNow } from './clock.js';
import { DownloadFailure } from './download-failure.js';
import { RetryPolicy, type RetryDecision, type RetryPolicyOptions } from './retry-policy.js';
import { systemClock } from './system-clock.js';

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
  /** Called when recovery begins to wait, to ask, or gives up. */
  readonly onChange?: ((state: RecoveryState) => void) | undefined;
  /** Whether to wait for the user after the automatic attempts. Default `true`; `false` rejects then. */
  readonly asks?: boolean | undefined;
  /** Drops what is held of the download before "start over"; `undefined` where nothing partial is kept. */
  readonly discard?: (() => Promise<void>) | undefined;
}

/** Runs one load until it succeeds or recovery is over. One manager serves one download for good. */
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
  #isAsking = false;
  #isCancelled = false;
  #recovering: Promise<void> | undefined;
  #stopped: Promise<never> | undefined;
  #startOver: ((reason: DownloadFailure) => void) | undefined;
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
    // The load itself may be what loses the race; then nobody else hears of the stop.
    stopped.catch(() => undefined);
    this.#stopped = stopped;
    this.#isCancelled = false;
    try {
      for (;;) {
        try {
          return await Promise.race([load(), stopped]);
        } catch (cause) {
          await this.#recoverLoad(cause);
        }
      }
    } finally {
      this.#stop = undefined;
      this.#stopped = undefined;
    }
  }

  /**
   * Waits for what the rules say about a failure, and resolves when it is time to go on: a broken
   * transfer calls it to continue where it is, without ending the load. Failures that come while
   * another is waited for share its wait.
   *
   * @throws DownloadFailure when recovery is over.
   */
  recover(cause: unknown): Promise<void> {
    const failure = classifyFailure(cause, this.#connectivity?.isOnline());
    if (failure.code === 'aborted' || this.#givenUp.has(failure)) return Promise.reject(failure);
    this.#recovering ??= this.#recover(failure).finally(() => (this.#recovering = undefined));
    return this.#recovering;
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
    if (!this.#startOver) return false;
    if (this.#isAsking) this.policy.spendManual();
    const failure = new DownloadFailure('aborted', 'The download starts over.');
    this.#restarts.add(failure);
    this.#startOver(failure);
    return true;
  }

  /** Ends the run, in whatever state: its promise rejects with `aborted`. */
  cancel(message = 'The download was cancelled.'): void {
    this.#isCancelled = true;
    this.#stop?.(new DownloadFailure('aborted', message));
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
      this.#onChange?.({ status: 'failed', failure, attempt, maxAttempts, canRetry: false });
      throw failure;
    }
    this.#isAsking = decision.kind === 'ask';
    const wait = this.#wait(decision);
    if (decision.kind === 'ask') {
      this.#onChange?.({ status: 'failed', failure, attempt, maxAttempts, canRetry: true });
    } else {
      const retryAt = decision.kind === 'wait' ? epochNow(this.#clock) + decision.delay : undefined;
      this.#onChange?.({ status: 'waiting', failure, attempt, maxAttempts, retryAt });
    }
    try {
      await Promise.race([wait.promise, ...(this.#stopped ? [this.#stopped] : [])]);
    } finally {
      const { manualAttempt, manualAttempts } = this.policy;
      const count = this.#isAsking ? { attempt: manualAttempt, maxAttempts: manualAttempts } : { attempt, maxAttempts };
      wait.release();
      if (!this.#isCancelled) this.#onChange?.({ status: 'running', failure, ...count });
    }
  }

  #wait(decision: RetryDecision): { promise: Promise<void>; release: () => void } {
    let timer: Timer;
    let unsubscribe: (() => void) | undefined;
    const promise = new Promise<void>((resolve, reject) => {
      this.#goOn = resolve;
      this.#startOver = reject;
    });
    if (decision.kind === 'wait' || decision.kind === 'wait-for-connection') {
      // A wait for the connection ends by time too: the platform's word alone is not to be trusted.
      timer = this.#clock.setTimeout(() => this.#goOn?.(), decision.delay);
    }
    if (decision.kind === 'wait-for-connection') {
      unsubscribe = this.#connectivity?.onOnline(() => this.#goOn?.());
    }
    const release = (): void => {
      this.#clock.clearTimeout(timer);
      unsubscribe?.();
      this.#goOn = undefined;
      this.#startOver = undefined;
      this.#isAsking = false;
    };
    return { promise, release };
  }
}
