import type { Clock, Timer } from '../../core/index.js';

/** The least time between the refusal of a request and its repetition, in ms. */
const LEAST_WAIT = 1_000;

/** Delays requests for addresses that a busy server has just refused, also if the first repetition was aborted meanwhile. */
export class RequestPace {
  readonly #clock: Clock;
  /** When the last request for an address was refused. */
  readonly #refusedAt = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Records a refusal. */
  refuse(url: string): void {
    this.#refusedAt.set(url, this.#clock.now());
  }

  /**
   * Returns a promise that resolves when the address may be requested; `undefined` if it may be requested now.
   *
   * @throws the signal's reason if it aborts before.
   */
  pass(url: string, signal: AbortSignal | null | undefined): Promise<void> | undefined {
    const left = (this.#refusedAt.get(url) ?? -Infinity) + LEAST_WAIT - this.#clock.now();
    if (left > 0) return this.#wait(left, signal);
    this.#refusedAt.delete(url);
    return undefined;
  }

  async #wait(duration: number, signal: AbortSignal | null | undefined): Promise<void> {
    signal?.throwIfAborted();
    let timer: Timer;
    let abort = (): void => undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        timer = this.#clock.setTimeout(resolve, duration);
        abort = () => reject(signal?.reason as Error);
        signal?.addEventListener('abort', abort);
      });
    } finally {
      this.#clock.clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }
}
