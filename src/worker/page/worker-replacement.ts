import type { DownloadState } from '../../core/index.js';
import { NO_ACTIONS } from '../../core/internal.js';
import type { WorkerProvider } from './worker-provider.js';

interface Answer {
  readonly promise: Promise<void>;
  readonly goOn: () => void;
}

/** The fresh workers of one download: how often the user has asked for one, and may still. */
export class WorkerReplacement {
  readonly #place: WorkerProvider;
  #count = 0;
  /** Goes on in a fresh worker, while the user is asked for that. */
  #answer: Answer | undefined;

  constructor(place: WorkerProvider) {
    this.#place = place;
  }

  /** Whether the user may ask for one. */
  get isPossible(): boolean {
    return this.#place.canRenew && this.#count < this.#place.options.manualAttempts;
  }

  /** What the page offers after a failure that only a fresh worker mends, in the state of the download. */
  offer(state: DownloadState | undefined): Pick<DownloadState, 'can' | 'attempt' | 'maxAttempts'> {
    const { manualAttempts: maxAttempts } = this.#place.options;
    const { bytesDownloaded = 0, progress = 0, can } = state ?? {};
    const holdsBytes = can?.restart === true || bytesDownloaded > 0 || progress > 0;
    const restart = this.isPossible && holdsBytes;
    return { can: { ...NO_ACTIONS, retry: this.isPossible, restart }, attempt: this.#count, maxAttempts };
  }

  /** Whether the user is asked. */
  get isAsking(): boolean {
    return this.#answer !== undefined;
  }

  /** Asks the user, once, and resolves when they go on. */
  ask(): Promise<void> {
    if (!this.#answer) {
      let goOn = (): void => undefined;
      const promise = new Promise<void>((resolve) => (goOn = resolve));
      this.#answer = { promise, goOn };
    }
    return this.#answer.promise;
  }

  /** The user goes on; returns whether they were asked. */
  goOn(): boolean {
    this.#answer?.goOn();
    return this.#answer !== undefined;
  }

  /** A fresh worker is taken. */
  take(): void {
    this.stopAsking();
    this.#count += 1;
  }

  stopAsking(): void {
    this.#answer = undefined;
  }

  /** Another load begins, with all its attempts. */
  refill(): void {
    this.#count = 0;
  }
}
