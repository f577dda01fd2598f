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
   * Requests the slot, or continues to wait with an earlier request. Returns `undefined` when the download may run now, else a
   * promise that resolves when it may. If `release()` withdraws the request, the promise resolves when `acquireAtOnce()` is called.
   */
  acquire(): Promise<void> | undefined {
    this.#entry ??= this.#queue?.enter(false);
    return this.#entry?.isWaiting ? this.#entry.promise : undefined;
  }

  /** Takes the slot without a wait, as when the user resumes a download. A request that waits continues to wait. */
  acquireAtOnce(): void {
    this.#entry ??= this.#queue?.enter(true);
    // A download that was paused in the queue still waits for the promise of that request.
    this.#withdrawn?.resolve();
  }

  /** Releases the slot, or withdraws the request that waits for it. Without effect if there is neither. */
  release(): void {
    if (this.#entry) this.#queue?.remove(this.#entry);
    if (this.#entry?.isWaiting) this.#withdrawn = this.#entry;
    this.#entry = undefined;
  }
}
