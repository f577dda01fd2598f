import type { Clock } from '../../core/index.js';
import { abortable, followSignal } from '../network/abortable.js';
import { lockName, type FileLock } from './file-lock.js';
import type { PauseGate } from '../network/pause-gate.js';
import type { FollowedProgress, ProgressChannel } from './progress-channel.js';
import { Watchdog } from '../network/watchdog.js';

/**
 * How long another download of the file may be silent, as a multiple of the stall time-out: in that time it has
 * noticed a silent server and left the file to others, unless its tab is frozen or broken.
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

/** Which lease is created, and for which download. */
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

  /** A lease that is not held yet. */
  create(request: LeaseRequest): FileLease {
    return new FileLease({ ...this.#options, ...request });
  }
}

/** The exclusive right to download one file, in all tabs, while nothing is paused. */
export class FileLease {
  readonly #options: FileLeasesOptions & LeaseRequest;
  readonly #name: string;
  #unlock: (() => void) | undefined;
  #isFollowing = false;
  #isAlone = false;

  constructor(options: FileLeasesOptions & LeaseRequest) {
    this.#options = options;
    this.#name = lockName(options.namespace, options.url);
  }

  /** Whether it waits for no other download of the file any more, and may not touch what they keep. */
  get isAlone(): boolean {
    return this.#isAlone;
  }

  /** Goes on without it, beside whatever other download has it. */
  goAlone(): void {
    this.release();
    this.#isAlone = true;
  }

  /**
   * Waits for it, and returns whether it had to. A pause gives it away meanwhile. Where another download has it and is
   * silent for long, this one goes on alone.
   *
   * @throws the signal's reason when it aborts first.
   */
  async acquire(): Promise<boolean> {
    const { gate, signal, onPause } = this.#options;
    let waited = false;
    while ((!this.#unlock && !this.#isAlone) || gate.isClosed) {
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
   * Takes it again after {@link release} if it is free and nothing is paused, and returns whether it
   * has it now. It waits for no other caller or tab.
   */
  async tryAcquire(): Promise<boolean> {
    const { gate, signal, lock } = this.#options;
    const mayNot = (): boolean => gate.isClosed || signal.aborted;
    if (mayNot()) return false;
    if (this.#unlock) return true;
    const release = await lock.tryAcquire(this.#name);
    if (release) this.#unlock = release;
    // A pause or an abort meanwhile has found nothing to give back.
    if (mayNot()) this.release();
    return this.#unlock !== undefined;
  }

  /** Whether another caller or tab has it, and this one waits. */
  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  /** Gives it away, for as long as nothing is downloaded. */
  release(): void {
    this.#unlock?.();
    this.#unlock = undefined;
  }

  /** Whether another caller or tab waits for it: also `true` where that cannot be known. */
  isWanted(): Promise<boolean> {
    return this.#options.lock.isWanted(this.#name);
  }

  async #acquire(): Promise<boolean> {
    const { lock, signal, channel, url, onFollow, clock, stallTimeout } = this.#options;
    const waiting = new AbortController();
    const unlink = followSignal(waiting, [signal]);
    const silence = new Watchdog(stallTimeout * SILENCE, clock, () => {
      this.#isAlone = true;
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
      // An abort that came while the lock was asked for has found nothing to give back.
      if (waiting.signal.aborted) release();
      else this.#unlock = release;
      signal.throwIfAborted();
    } catch (cause) {
      if (signal.aborted || !this.#isAlone) throw cause;
    } finally {
      this.#isFollowing = false;
      silence.close();
      unlink();
      unfollow?.();
    }
    return unfollow !== undefined;
  }
}
