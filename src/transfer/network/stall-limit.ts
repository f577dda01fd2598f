/** The largest multiple of the timeout that a byte may take after several timeouts. */
const MOST_PATIENCE = 8;

/**
 * How long a connection that cannot be replaced may be silent, as a multiple of the timeout: with the default of 30 s the
 * 300 s after which Firefox itself gives up (`network.http.response.timeout`). Other browsers wait longer.
 */
const LONGEST = 10;

/**
 * How long a server may be silent, for the connections of one body. A server that is slow each time gets twice the time with
 * each timeout. A connection stays open for longer if no other one could continue its body, since it may only be slow.
 */
export class StallLimit {
  readonly #timeout: number;
  readonly #isReplaceable: () => boolean;
  #patience = 1;

  /**
   * @param timeout How long an answer or its next byte may take, in ms.
   * @param isReplaceable Whether the body could continue over another connection, as far as that is known now.
   */
  constructor(timeout: number, isReplaceable: () => boolean = () => true) {
    this.#timeout = timeout;
    this.#isReplaceable = isReplaceable;
  }

  /** The first timeout, in ms. A silent connection is judged each time that it has passed: it may become replaceable. */
  get step(): number {
    return this.#timeout;
  }

  /** How long an answer may take now, in ms, and its next byte if the connection can be replaced. */
  get timeout(): number {
    return this.#timeout * this.#patience;
  }

  /** Whether a connection that has delivered no byte for `silence` ms is to be closed. */
  isReached(silence: number): boolean {
    return silence >= (this.#isReplaceable() ? this.timeout : this.#timeout * LONGEST);
  }

  /** Records a timeout: the next connection gets twice the time. */
  grow(): void {
    this.#patience = Math.min(2 * this.#patience, MOST_PATIENCE);
  }
}
