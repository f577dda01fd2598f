import type { Clock } from '../core/index.js';
import { DeliveryTicker } from './network/delivery-ticker.js';

/** After so many ticks without a request of the reader, it counts as idle: after about a second. */
const IDLE_TICKS = 10;

/** Detects that a body is not read, whether or not there are bytes for its reader. */
export class ReaderWatch {
  readonly #ticker: DeliveryTicker;
  readonly #onIdle: () => void;
  #isReading = true;
  #ticks = 0;
  readonly #onTick = (): void => {
    if (this.#isReading) return;
    this.#ticks += 1;
    if (this.#ticks < IDLE_TICKS) this.#ticker.schedule(this.#onTick);
    else this.#onIdle();
  };

  /** @param onIdle Called when the reader has requested no bytes for about a second. */
  constructor(clock: Clock, onIdle: () => void) {
    this.#ticker = DeliveryTicker.of(clock);
    this.#onIdle = onIdle;
  }

  /** Whether the reader has requested bytes, and waits for them. */
  get isReading(): boolean {
    return this.#isReading;
  }

  /** Records that the reader requests bytes. */
  begin(): void {
    this.#isReading = true;
  }

  /** Records that the reader has received the requested bytes. */
  rest(): void {
    this.#isReading = false;
    this.#ticks = 0;
    this.#ticker.schedule(this.#onTick);
  }

  /** Ends the watch. */
  close(): void {
    this.#ticker.cancel(this.#onTick);
  }
}
