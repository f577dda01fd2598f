import type { Clock } from '../../core/index.js';
import { abortable, followSignal } from '../network/abortable.js';
import { lockName, type FileLock } from './file-lock.js';
import type { PauseGate } from '../network/pause-gate.js';
import type { FollowedProgress, ProgressChannel } from './progress-channel.js';
import { Watchdog } from '../network/watchdog.js';

/**
 * How long the holder of a file may be silent, as a multiple of the stall timeout. A holder usually releases the file one timeout
 * after its server became silent. A longer silence mostly means that its tab is frozen or broken.
 */
const SILENCE = 1.5;

/** What all leases of one download fetch depend on. */
export interface FileLeasesOptions {
  /** Separates the locks of several apps on one origin. */
  readonly namespace: string;
  readonly lock: FileLock;
  /** Closed while the downloads are paused: then no lease is granted. */
  readonly gate: PauseGate;
  readonly channel: ProgressChannel;
  readonly clock: Clock;
  /** How long a server may be silent, in ms. */
  readonly stallTimeout: number;
}

/** The file and the listeners of one lease. */
export interface LeaseRequest {
  /** The name of the file in the store. */
  readonly url: string;
  /** Ends the wait for the lease. */
  readonly signal: AbortSignal;
  /** Called when a pause takes the lease away. */
  readonly onPause: () => void;
  /** Receives the progress of the holder. */
  readonly onFollow: (progress: FollowedProgress) => void;
}

/** Creates the leases of one download fetch. */
export class FileLeases {
  readonly #options: FileLeasesOptions;

  constructor(options: FileLeasesOptions) {
    this.#options = options;
  }

  /** Returns a lease that is not held yet. */
  create(request: LeaseRequest): FileLease {
    return new FileLease({ ...this.#options, ...request });
  }
}

/** The exclusive right to download one file, in all tabs, while the downloads are not paused. */
export class FileLease {
  readonly #options: FileLeasesOptions & LeaseRequest;
  readonly #name: string;
  #unlock: (() => void) | undefined;
  #isFollowing = false;
  #hasNoLock = false;

  constructor(options: FileLeasesOptions & LeaseRequest) {
    this.#options = options;
    this.#name = lockName(options.namespace, options.url);
  }

  /** Whether the download continues without the right: it must not change the stored bytes of the holder. */
  get hasNoLock(): boolean {
    return this.#hasNoLock;
  }

  /** Continues without the right, beside another download that has it. */
  continueWithoutLock(): void {
    this.release();
    this.#hasNoLock = true;
  }

  /**
   * Waits for the right, and resolves with whether it had to wait. During a pause the right is released. If another download has the
   * right and reports nothing for too long, this one continues without it.
   *
   * @throws the signal's reason when it aborts first.
   */
  async acquire(): Promise<boolean> {
    const { gate, signal, onPause } = this.#options;
    let waited = false;
    while ((!this.#unlock && !this.#hasNoLock) || gate.isClosed) {
      if (gate.isClosed) {
        waited = true;
        this.release();
        onPause();
        await abortable(gate.pass(), signal);
      } else if (await this.#acquire()) waited = true;
    }
    return waited;
  }

  /**
   * Acquires the right again after {@link release} if it is free and the downloads are not paused. Resolves with whether it
   * is held now. It does not wait for other callers or tabs.
   */
  async tryAcquire(): Promise<boolean> {
    const { gate, signal, lock } = this.#options;
    const mayNot = (): boolean => gate.isClosed || signal.aborted;
    if (mayNot()) return false;
    if (this.#unlock) return true;
    const release = await lock.tryAcquire(this.#name);
    if (release) this.#unlock = release;
    // A pause or an abort meanwhile found no lock to release.
    if (mayNot()) this.release();
    return this.#unlock !== undefined;
  }

  /** Whether the lease waits for another caller or tab. */
  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  /** Releases the right while no connection is open. */
  release(): void {
    this.#unlock?.();
    this.#unlock = undefined;
  }

  /** Whether another caller or tab waits for the right: also `true` if that is unknown. */
  hasWaiters(): Promise<boolean> {
    return this.#options.lock.hasWaiters(this.#name);
  }

  async #acquire(): Promise<boolean> {
    const { lock, signal, channel, url, onFollow, clock, stallTimeout } = this.#options;
    const waiting = new AbortController();
    const unlink = followSignal(waiting, [signal]);
    const silence = new Watchdog(stallTimeout * SILENCE, clock, () => {
      this.#hasNoLock = true;
      waiting.abort();
    });
    let unfollow: (() => void) | undefined;
    const onWait = (): void => {
      this.#isFollowing = true;
      silence.expect();
      unfollow ??= channel.follow(url, (progress) => {
        silence.expect();
        onFollow(progress);
      });
    };
    try {
      const release = await lock.acquire(this.#name, waiting.signal, onWait);
      // An abort meanwhile found no lock to release.
      if (waiting.signal.aborted) release();
      else this.#unlock = release;
      signal.throwIfAborted();
    } catch (cause) {
      if (signal.aborted || !this.#hasNoLock) throw cause;
    } finally {
      this.#isFollowing = false;
      silence.close();
      unlink();
      unfollow?.();
    }
    return unfollow !== undefined;
  }
}
