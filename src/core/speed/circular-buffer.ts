import { check } from '../checks.js';

/** Stores the last `capacity` items. In a full buffer a new item replaces the oldest. */
export class CircularBuffer<T> implements Iterable<T> {
  /** The largest number of items. */
  readonly capacity: number;

  #items: T[] = [];
  /** The index of the next item: in a full buffer that of the oldest one. */
  #next = 0;

  /**
   * @param capacity The largest number of items: a whole number from 1 up.
   * @throws RangeError when `capacity` is anything else.
   */
  constructor(capacity: number) {
    check(Number.isInteger(capacity) && capacity >= 1, 'capacity', capacity, 'a whole number from 1 up', true);
    this.capacity = capacity;
  }

  /** The number of items, from 0 to `capacity`. */
  get size(): number {
    return this.#items.length;
  }

  /** Adds `item` as the newest. */
  push(item: T): void {
    this.#items[this.#next] = item;
    this.#next = (this.#next + 1) % this.capacity;
  }

  /** Returns the mean of `accessor` over the items, or `undefined` while there are none. */
  getAverage(accessor: (item: T) => number): number | undefined {
    if (this.#items.length === 0) return undefined;
    let sum = 0;
    for (const item of this.#items) sum += accessor(item);
    return sum / this.#items.length;
  }

  /** Removes every item. */
  clear(): void {
    this.#items = [];
    this.#next = 0;
  }

  /** Iterates over the items, oldest first. */
  *[Symbol.iterator](): Iterator<T> {
    for (let offset = 0; offset < this.#items.length; offset++) {
      yield this.#items[(this.#next + offset) % this.#items.length] as T;
    }
  }
}
