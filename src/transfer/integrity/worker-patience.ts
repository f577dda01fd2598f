import { DownloadFailure, type Clock } from '../../core/index.js';
import { withTimeLimit } from '../../core/internal.js';

/** How long a worker may take without a reply, in ms, before it counts as broken: not every crash fires an event. */
const LIMIT = 10_000;

/** Limits how long all bodies of a realm together wait for the hash worker, which may never reply. A reply restores the time. */
export class WorkerPatience {
  readonly #clock: Clock;
  /** Time of earlier waits since the last reply, in ms. */
  #spent = 0;
  /** How many wait now, and since when. */
  #waits = 0;
  #since = 0;
  #replies = 0;
  #isOver = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether the whole time has passed without a reply. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Records that the worker has replied to a request, by which it has shown that it hashes. */
  recordReply(): void {
    this.#replies += 1;
    this.#spent = 0;
    this.#since = this.#clock.now();
  }

  /**
   * Settles as `promise` does, within the time that is left.
   *
   * @param most The longest wait in ms, if it is shorter than the time that is left.
   * @throws DownloadFailure `timeout` when the time has passed.
   */
  async wait<T>(promise: Promise<T>, most = LIMIT): Promise<T> {
    const replies = this.#replies;
    if (this.#waits === 0) this.#since = this.#clock.now();
    this.#waits += 1;
    const left = Math.max(0, LIMIT - this.#spent - this.#running);
    try {
      return await withTimeLimit(promise, Math.min(left, most), this.#clock);
    } catch (cause) {
      const hasExpired = cause instanceof DownloadFailure && cause.code === 'timeout';
      if (hasExpired && left <= most && replies === this.#replies) this.#isOver = true;
      throw cause;
    } finally {
      this.#waits -= 1;
      if (this.#waits === 0) this.#spent += this.#running;
    }
  }

  /** How long the current waits have taken so far, in ms. */
  get #running(): number {
    return this.#clock.now() - this.#since;
  }
}
