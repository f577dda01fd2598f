import type { Clock } from '../core/index.js';
import { DeliveryTicker } from './network/delivery-ticker.js';

/** Beats in a row after which a reader counts as idle: about a second. */
const IDLE_BEATS = 10;

/** Notices that a body is not read, whether or not there are bytes for its reader. */
export class ReaderWatch {
  readonly #beat: DeliveryTicker;
  readonly #onIdle: () => void;
  #isReading = true;
  #beats = 0;
  readonly #onBeat = (): void => {
    if (this.#isReading) return;
    this.#beats += 1;
    if (this.#beats < IDLE_BEATS) this.#beat.wait(this.#onBeat);
    else this.#onIdle();
  };

  /** @param onIdle Called when the reader has not asked for about a second. */
  constructor(clock: Clock, onIdle: () => void) {
    this.#beat = DeliveryTicker.of(clock);
    this.#onIdle = onIdle;
  }

  /** Whether the reader has asked for bytes, and waits for them. */
  get isReading(): boolean {
    return this.#isReading;
  }

  /** The reader asks for bytes. */
  begin(): void {
    this.#isReading = true;
  }

  /** The reader has what it asked for. */
  rest(): void {
    this.#isReading = false;
    this.#beats = 0;
    this.#beat.wait(this.#onBeat);
  }

  /** Nothing is to be read any more. */
  close(): void {
    this.#beat.forget(this.#onBeat);
  }
}
