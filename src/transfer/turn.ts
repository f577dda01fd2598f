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
  /** Hears how far whoever has the turn is. */
  readonly onFollow: (progress: FollowedProgress) => void;
}

/** The right to download one file: nobody else does, in any tab, and nothing is paused. */
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

  /** Whether somebody else has it, in this tab or another, and this one waits. */
  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  leave(): void {
    this.#release?.();
    this.#release = undefined;
  }

  /** Whether somebody else waits for it. */
  isWanted(): Promise<boolean> {
    return this.#options.lock.isWanted(this.#name);
  }

  async #acquire(): Promise<boolean> {
    const { lock, signal, channel, url, onFollow } = this.#options;
    let unfollow: (() => void) | undefined;
    const onWait = (): void => {
      this.#isFollowing = true;
      unfollow = channel.follow(url, onFollow);
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
