/** A place in a queue: first waiting, then taken, until it is left. */
export interface QueueSlot {
  /** Whether it has to wait for its turn. */
  readonly isWaiting: boolean;
  /** Resolves when it is its turn. */
  readonly turn: Promise<void>;
  /** Gives the place to the next; harmless when it was left before. */
  leave(): void;
}

interface Waiting {
  readonly start: () => void;
}

/** Lets a limited number of downloads run at once, the others in the order in which they came. */
export class DownloadQueue {
  readonly #limit: number;
  readonly #waiting: Waiting[] = [];
  #running = 0;

  /**
   * @param limit How many may run at once.
   * @throws RangeError when that is not a number from 1 up.
   */
  constructor(limit = Infinity) {
    if (!(limit >= 1)) throw new RangeError(`concurrency must be a number from 1 up, got ${limit}`);
    this.#limit = Math.floor(limit);
  }

  /** How many run. */
  get running(): number {
    return this.#running;
  }

  /**
   * Takes a place behind those that wait.
   *
   * @param atOnce Whether to wait for nobody, as when the user goes on with what was paused.
   */
  enter(atOnce = false): QueueSlot {
    const isFree = atOnce || (this.#waiting.length === 0 && this.#running < this.#limit);
    let start: () => void = () => undefined;
    const turn = new Promise<void>((resolve) => (start = resolve));
    const waiting = { start };
    if (isFree) this.#run(waiting);
    else this.#waiting.push(waiting);
    let hasLeft = false;
    const leave = (): void => {
      if (hasLeft) return;
      hasLeft = true;
      const place = this.#waiting.indexOf(waiting);
      if (place >= 0) this.#waiting.splice(place, 1);
      else this.#running--;
      this.#startNext();
    };
    const isWaiting = (): boolean => this.#waiting.includes(waiting);
    return {
      get isWaiting() {
        return isWaiting();
      },
      turn,
      leave,
    };
  }

  #run({ start }: Waiting): void {
    this.#running++;
    start();
  }

  #startNext(): void {
    while (this.#running < this.#limit) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#run(next);
    }
  }
}
