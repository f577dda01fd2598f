// Time that advances only when nothing else can happen. One queue contains the timers of the simulated
// world and those of the library, so that a run is the same each time.

/** Platforms keep a timer's delay in 31 bits: a longer one fires at once, in ms. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** A run that fires more timers than this repeats itself. */
const MOST_TIMERS = 30_000;

/** Before a jump in time of more than this, in ms, slow parts of the platform get more turns. */
const LONG_JUMP = 500;

const { setImmediate } = globalThis;

/** Resolves when all microtasks, and the tasks that they queued, have run. */
export function nextTurn() {
  return new Promise((resolve) => setImmediate(resolve));
}

export class VirtualClock {
  timeOrigin = 1_750_000_000_000;

  #now = 0;
  #lastId = 0;
  #fired = 0;
  /** Sorted; the next one is last. */
  #timers = [];

  now() {
    return this.#now;
  }

  /** Milliseconds since 1970. */
  epoch() {
    return this.timeOrigin + this.#now;
  }

  /** @param owner `world` or `library`: only the library's timers have to be cleared. */
  setTimeout(callback, delay, owner = 'world') {
    // Like Node: whole milliseconds, and at least one.
    const duration = delay >= 1 && delay <= LONGEST_DELAY ? Math.trunc(delay) : 1;
    const timer = { id: ++this.#lastId, due: this.#now + duration, callback, owner };
    let place = this.#timers.length;
    while (place > 0 && this.#timers[place - 1].due <= timer.due) place -= 1;
    this.#timers.splice(place, 0, timer);
    return timer.id;
  }

  clearTimeout(id) {
    const place = this.#timers.findIndex((timer) => timer.id === id);
    if (place !== -1) this.#timers.splice(place, 1);
  }

  /** Resolves after `duration` ms; `stop` is called with a function that ends the wait. */
  wait(duration, stop) {
    return new Promise((resolve) => {
      const id = this.setTimeout(resolve, duration);
      stop?.(() => {
        this.clearTimeout(id);
        resolve();
      });
    });
  }

  /** The clock for the library. */
  forLibrary() {
    return {
      timeOrigin: this.timeOrigin,
      now: () => this.#now,
      setTimeout: (callback, delay) => this.setTimeout(callback, delay, 'library'),
      clearTimeout: (id) => this.clearTimeout(id),
    };
  }

  /** How many timers of an owner are set. */
  pending(owner) {
    return this.#timers.filter((timer) => timer.owner === owner).length;
  }

  /**
   * Runs until `promise` has settled.
   *
   * @param limit Virtual time, in ms, after which it ends.
   * @returns `settled`; `stuck` when nothing is left that could settle it; `late`, or `busy` when timers never end.
   */
  async runUntil(promise, limit) {
    let isSettled = false;
    const settle = () => (isSettled = true);
    promise.then(settle, settle);
    for (;;) {
      await nextTurn();
      if (isSettled) return 'settled';
      const next = this.#timers.at(-1);
      if (!next || next.due - this.#now > LONG_JUMP) {
        for (let turn = 0; turn < 3 && !isSettled; turn++) await nextTurn();
        if (isSettled) return 'settled';
        if (next !== this.#timers.at(-1)) continue;
      }
      if (!next) return 'stuck';
      if (next.due > limit) return 'late';
      if (++this.#fired > MOST_TIMERS) return 'busy';
      this.#timers.pop();
      this.#now = Math.max(this.#now, next.due);
      next.callback();
    }
  }
}
