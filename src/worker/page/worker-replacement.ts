import type { DownloadState } from '../../core/index.js';
import { NO_ACTIONS } from '../../core/internal.js';
import type { WorkerProvider } from './worker-provider.js';

/** A pending decision of the user. */
interface Decision {
  /** Resolves when the user retries. */
  readonly promise: Promise<void>;
  readonly proceed: () => void;
}

/** Counts the replaced workers of one download, and waits for the user to request the next one. */
export class WorkerReplacement {
  readonly #provider: WorkerProvider;
  #count = 0;
  /** The pending decision; `undefined` unless the user is asked. */
  #decision: Decision | undefined;

  constructor(provider: WorkerProvider) {
    this.#provider = provider;
  }

  /** Whether the user may request a new worker. */
  get isPossible(): boolean {
    return this.#provider.canReplace && this.#count < this.#provider.options.manualAttempts;
  }

  /** The part of a download's state after a failure that requires a new worker. */
  offer(state: DownloadState | undefined): Pick<DownloadState, 'can' | 'attempt' | 'maxAttempts'> {
    const { manualAttempts: maxAttempts } = this.#provider.options;
    const { bytesDownloaded = 0, progress = 0, can } = state ?? {};
    const holdsBytes = can?.restart === true || bytesDownloaded > 0 || progress > 0;
    const restart = this.isPossible && holdsBytes;
    return { can: { ...NO_ACTIONS, retry: this.isPossible, restart }, attempt: this.#count, maxAttempts };
  }

  /** Whether a decision of the user is pending. */
  get isAwaitingUser(): boolean {
    return this.#decision !== undefined;
  }

  /** Resolves when the user requests a new worker. */
  waitForUser(): Promise<void> {
    if (!this.#decision) {
      let proceed = (): void => undefined;
      const promise = new Promise<void>((resolve) => (proceed = resolve));
      this.#decision = { promise, proceed };
    }
    return this.#decision.promise;
  }

  /** Resolves the pending decision. Returns whether there was one. */
  proceed(): boolean {
    this.#decision?.proceed();
    return this.#decision !== undefined;
  }

  /** Counts a new worker. */
  countReplacement(): void {
    this.stopWaiting();
    this.#count += 1;
  }

  /** Drops the pending decision. */
  stopWaiting(): void {
    this.#decision = undefined;
  }

  /** Resets the count, for another load. */
  reset(): void {
    this.#count = 0;
  }
}
