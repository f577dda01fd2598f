import { checkOption } from '../checks.js';
import { deferred, type Deferred } from '../deferred.js';

/** A download in the queue: it waits until it is started. */
export interface QueueEntry extends Deferred<void> {
  isWaiting: boolean;
}

/** Lets a limited number of downloads run at once, and the others wait in the order of their requests. */
export class DownloadQueue {
  readonly #limit: number;
  readonly #waiting: QueueEntry[] = [];
  #running = 0;

  /**
   * @param limit How many may run at once.
   * @throws RangeError when `limit` is not at least 1; TypeError for another type.
   */
  constructor(limit = Infinity) {
    checkOption('concurrency', limit, 1);
    this.#limit = Math.floor(limit);
  }

  /** Whether a download may have to wait for a slot. */
  get isLimited(): boolean {
    return this.#limit !== Infinity;
  }

  /** How many downloads run. */
  get running(): number {
    return this.#running;
  }

  /**
   * Adds a download. If as many run as the limit allows, it waits after those that wait already.
   *
   * @param atOnce Whether to start it without a wait, even above the limit.
   */
  enter(atOnce: boolean): QueueEntry {
    const entry: QueueEntry = { ...deferred(), isWaiting: true };
    // Below the limit no download waits, so this one overtakes none.
    if (atOnce || this.#running < this.#limit) this.#start(entry);
    else this.#waiting.push(entry);
    return entry;
  }

  /** Removes a download and starts the next one. */
  remove(entry: QueueEntry): void {
    if (entry.isWaiting) this.#waiting.splice(this.#waiting.indexOf(entry), 1);
    else this.#running--;
    while (this.#running < this.#limit) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#start(next);
    }
  }

  #start(entry: QueueEntry): void {
    this.#running++;
    entry.isWaiting = false;
    entry.resolve();
  }
}
