import { abortable } from './abortable.js';
import { lockName, type FileLock } from './file-lock.js';
import type { Gate } from './gate.js';
import type { FollowedProgress, ProgressChannel } from './progress-channel.js';

/** What a turn depends on. */
export interface TurnOptions {
  readonly url: string;
  readonly namespace: string;
  readonly lock: FileLock;
  readonly gate: Gate;
  readonly channel: ProgressChannel;
  readonly signal: AbortSignal;
  /** Called when a pause makes it wait. */
  readonly onPause: () => void;
  /** Hears how far the holder of the turn is. */
  readonly onFollow: (progress: FollowedProgress) => void;
}

/** The exclusive right to download one file, in all tabs, while nothing is paused. */
export class Turn {
  readonly #options: TurnOptions;
  readonly #name: string;
  #release: (() => void) | undefined;
  #isFollowing = false;

  constructor(options: TurnOptions) {
    this.#options = options;
    this.#name = lockName(options.namespace, options.url);
  }

  /**
   * Waits for it, and returns whether it had to. A pause gives it away meanwhile.
   *
   * @throws the signal's reason when it aborts first.
   */
  async take(): Promise<boolean> {
    const { gate, signal, onPause } = this.#options;
    let waited = false;
    while (!this.#release || gate.isClosed) {
      if (gate.isClosed) {
        waited = true;
        this.leave();
        onPause();
        await abortable(gate.pass(), signal);
      } else if (await this.#acquire()) waited = true;
    }
    return waited;
  }

  /**
   * Takes it again after {@link leave} if it is free and nothing is paused, and returns whether it
   * has it now. It waits for no other caller or tab.
   */
  async tryTake(): Promise<boolean> {
    const { gate, signal, lock } = this.#options;
    const mayNot = (): boolean => gate.isClosed || signal.aborted;
    if (mayNot()) return false;
    if (this.#release) return true;
    const release = await lock.tryAcquire(this.#name);
    if (release) this.#release = release;
    // A pause or an abort meanwhile has found nothing to give back.
    if (mayNot()) this.leave();
    return this.#release !== undefined;
  }

  /** Whether another caller or tab has it, and this one waits. */
  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  /** Gives it away, for as long as nothing is downloaded. */
  leave(): void {
    this.#release?.();
    this.#release = undefined;
  }

  /** Whether another caller or tab waits for it: also `true` where that cannot be known. */
  isWanted(): Promise<boolean> {
    return this.#options.lock.isWanted(this.#name);
  }

  async #acquire(): Promise<boolean> {
    const { lock, signal, channel, url, onFollow } = this.#options;
    let unfollow: (() => void) | undefined;
    const onWait = (): void => {
      this.#isFollowing = true;
      unfollow ??= channel.follow(url, onFollow);
    };
    try {
      const release = await lock.acquire(this.#name, signal, onWait);
      // An abort that came while the lock was asked for has found nothing to give back.
      if (signal.aborted) release();
      signal.throwIfAborted();
      this.#release = release;
    } finally {
      this.#isFollowing = false;
      unfollow?.();
    }
    return unfollow !== undefined;
  }
}
