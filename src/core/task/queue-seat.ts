import type { DownloadQueue, QueueSlot } from './download-queue.js';

/** The place of one download in a queue, each time it wants one. Without a queue it is always its turn. */
export class QueueSeat {
  readonly #queue: DownloadQueue | undefined;
  #place: QueueSlot | undefined;

  constructor(queue: DownloadQueue | undefined) {
    this.#queue = queue;
  }

  /** Whether it has a place, waiting or not; always so without a queue. */
  get isTaken(): boolean {
    return !this.#queue || this.#place !== undefined;
  }

  /** Takes a place behind the others: `undefined` when it is its turn already, else what resolves then, unless it leaves before. */
  enter(): Promise<void> | undefined {
    this.#place ??= this.#queue?.enter();
    return this.#place?.isWaiting ? this.#place.turn : undefined;
  }

  /** Takes a place and waits for nobody, as when the user goes on with what had one. */
  enterAtOnce(): void {
    this.#place ??= this.#queue?.enter(true);
  }

  /** Gives the place to the next. Without effect when there is none. */
  leave(): void {
    this.#place?.leave();
    this.#place = undefined;
  }
}
