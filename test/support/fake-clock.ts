import type { Clock, Timer } from 'model-download/core';

interface Alarm {
  readonly id: number;
  readonly due: number;
  readonly callback: () => void;
}

/** A clock that a test advances. */
export class FakeClock implements Clock {
  readonly timeOrigin = 1_700_000_000_000;

  #now = 0;
  #alarms: Alarm[] = [];
  #lastId = 0;

  now(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, delay: number): Timer {
    const id = ++this.#lastId;
    this.#alarms.push({ id, due: this.#now + delay, callback });
    return id;
  }

  clearTimeout(timer: Timer): void {
    this.#alarms = this.#alarms.filter(({ id }) => id !== timer);
  }

  /** The number of pending timers. */
  get pending(): number {
    return this.#alarms.length;
  }

  /** Advances the time by `duration` ms and runs due timers in order. */
  advance(duration: number): void {
    const end = this.#now + duration;
    for (;;) {
      const next = this.#alarms.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due || a.id - b.id)[0];
      if (!next) break;
      this.clearTimeout(next.id);
      this.#now = Math.max(this.#now, next.due);
      next.callback();
    }
    this.#now = end;
  }

  /** As `advance()`, in steps between which promises settle. */
  async advanceAsync(duration: number, step = 50): Promise<void> {
    for (let rest = duration; rest > 0; rest -= step) {
      this.advance(Math.min(step, rest));
      await settle();
    }
    await settle();
  }
}

/** Waits until pending promises have settled. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
