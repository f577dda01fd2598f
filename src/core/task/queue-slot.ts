import type { DownloadQueue, QueueEntry } from './download-queue.js';

/** The slot of one download in a queue, each time it needs one. Without a queue it never waits. */
export class QueueSlot {
  readonly #queue: DownloadQueue | undefined;
  #entry: QueueEntry | undefined;
  /** The last request that was released while it waited. */
  #withdrawn: QueueEntry | undefined;

  constructor(queue: DownloadQueue | undefined) {
    this.#queue = queue;
  }

  /** Whether a request waits for its slot. */
  get isWaiting(): boolean {
    return this.#entry?.isWaiting === true;
  }

  /**
   * Requests the slot, or waits on with an earlier request. Returns `undefined` when the download may run now, else a
   * promise that resolves when it may. If the slot is released before, the promise resolves with `acquireAtOnce()`.
   */
  acquire(): Promise<void> | undefined {
    this.#entry ??= this.#queue?.enter(false);
    return this.#entry?.isWaiting ? this.#entry.promise : undefined;
  }

  /** Takes the slot without a wait, as when the user resumes a download. Without effect while it waits. */
  acquireAtOnce(): void {
    this.#entry ??= this.#queue?.enter(true);
    // A download that was paused while it waited still waits for its first request.
    this.#withdrawn?.resolve();
  }

  /** Gives the slot to the next download. Without effect when there is none. */
  release(): void {
    if (this.#entry) this.#queue?.remove(this.#entry);
    if (this.#entry?.isWaiting) this.#withdrawn = this.#entry;
    this.#entry = undefined;
  }
}
