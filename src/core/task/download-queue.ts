import { checkNumber } from '../checks.js';
import { deferred, type Deferred } from '../deferred.js';

/** A download in the queue: it waits until it is started. */
interface Entry extends Deferred<void> {
  isWaiting: boolean;
}

/** Lets a limited number of downloads run at once, and the others wait in the order of their requests. */
export class DownloadQueue {
  readonly #limit: number;
  readonly #waiting: Entry[] = [];
  #running = 0;

  /**
   * @param limit How many may run at once.
   * @throws RangeError when that is not a number from 1 up; TypeError for another type.
   */
  constructor(limit = Infinity) {
    checkNumber('concurrency', limit, 1);
    this.#limit = Math.floor(limit);
  }

  /** How many downloads run. */
  get running(): number {
    return this.#running;
  }

  /**
   * Adds a download behind those that wait.
   *
   * @param atOnce Whether to start it without a wait, even above the limit.
   */
  enter(atOnce: boolean): Entry {
    const entry: Entry = { ...deferred(), isWaiting: true };
    // Downloads wait only while as many run as the limit allows.
    if (atOnce || this.#running < this.#limit) this.#start(entry);
    else this.#waiting.push(entry);
    return entry;
  }

  /** Removes a download and starts the next one. */
  remove(entry: Entry): void {
    if (entry.isWaiting) this.#waiting.splice(this.#waiting.indexOf(entry), 1);
    else this.#running--;
    while (this.#running < this.#limit) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#start(next);
    }
  }

  #start(entry: Entry): void {
    this.#running++;
    entry.isWaiting = false;
    entry.resolve();
  }
}

/** The slot of one download in a queue, each time it needs one. Without a queue it never waits. */
export class QueueSlot {
  readonly #queue: DownloadQueue | undefined;
  #entry: Entry | undefined;
  /** The last request that was released while it waited. */
  #withdrawn: Entry | undefined;

  constructor(queue: DownloadQueue | undefined) {
    this.#queue = queue;
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
