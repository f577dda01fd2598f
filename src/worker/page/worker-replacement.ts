import type { DownloadState } from '../../core/index.js';
import { NO_ACTIONS } from '../../core/internal.js';
import type { WorkerProvider } from './worker-provider.js';

interface Decision {
  readonly promise: Promise<void>;
  readonly proceed: () => void;
}

/** The fresh workers of one download: how often the user has asked for one, and may still. */
export class WorkerReplacement {
  readonly #provider: WorkerProvider;
  #count = 0;
  /** Goes on in a fresh worker, while the user is asked for that. */
  #decision: Decision | undefined;

  constructor(place: WorkerProvider) {
    this.#provider = place;
  }

  /** Whether the user may ask for one. */
  get isPossible(): boolean {
    return this.#provider.canReplace && this.#count < this.#provider.options.manualAttempts;
  }

  /** What the page offers after a failure that only a fresh worker mends, in the state of the download. */
  offer(state: DownloadState | undefined): Pick<DownloadState, 'can' | 'attempt' | 'maxAttempts'> {
    const { manualAttempts: maxAttempts } = this.#provider.options;
    const { bytesDownloaded = 0, progress = 0, can } = state ?? {};
    const holdsBytes = can?.restart === true || bytesDownloaded > 0 || progress > 0;
    const restart = this.isPossible && holdsBytes;
    return { can: { ...NO_ACTIONS, retry: this.isPossible, restart }, attempt: this.#count, maxAttempts };
  }

  /** Whether the user is asked. */
  get isAwaitingUser(): boolean {
    return this.#decision !== undefined;
  }

  /** Asks the user, once, and resolves when they go on. */
  waitForUser(): Promise<void> {
    if (!this.#decision) {
      let proceed = (): void => undefined;
      const promise = new Promise<void>((resolve) => (proceed = resolve));
      this.#decision = { promise, proceed };
    }
    return this.#decision.promise;
  }

  /** The user goes on; returns whether they were asked. */
  goOn(): boolean {
    this.#decision?.proceed();
    return this.#decision !== undefined;
  }

  /** A fresh worker is taken. */
  countReplacement(): void {
    this.stopWaiting();
    this.#count += 1;
  }

  stopWaiting(): void {
    this.#decision = undefined;
  }

  /** Another load begins, with all its attempts. */
  reset(): void {
    this.#count = 0;
  }
}
