/** The largest multiple of the timeout that a byte may take after several timeouts. */
const MOST_PATIENCE = 8;

/**
 * How long a server may be silent if its connection cannot be replaced, or the download would end with it, as a multiple of the
 * timeout. With the default of 30 s it is 300 s, after which Firefox itself gives up (`network.http.response.timeout`). Other
 * browsers wait longer.
 */
const LONGEST = 10;

/** What would follow the end of a connection, by what is known now. */
export interface StallConditions {
  /** Whether a failed download would try again. */
  readonly canRecover?: () => boolean;
  /** Whether the body could continue over another connection. */
  readonly isResumable?: () => boolean;
}

/**
 * How long a server may be silent, for all connections of one body. Each timeout doubles the time, up to eight times the first one.
 * A connection stays open for longer if its end would also end the download, since its server may only be slow.
 */
export class StallLimit {
  readonly #timeout: number;
  readonly #canRecover: () => boolean;
  readonly #isResumable: () => boolean;
  #patience = 1;

  /** @param timeout How long a response or its next byte may take, in ms. */
  constructor(timeout: number, { canRecover = () => true, isResumable = () => true }: StallConditions = {}) {
    this.#timeout = timeout;
    this.#canRecover = canRecover;
    this.#isResumable = isResumable;
  }

  /** The first timeout, in ms. A silent server is judged each time that it has passed, since the conditions may change. */
  get step(): number {
    return this.#timeout;
  }

  /** Whether a request without a response for `silence` ms has timed out. */
  isResponseDue(silence: number): boolean {
    return silence >= this.#timeout * this.#multiple;
  }

  /** Whether a connection that has delivered no byte for `silence` ms is to be replaced. */
  isReached(silence: number): boolean {
    return silence >= this.#timeout * (this.#isResumable() ? this.#multiple : LONGEST);
  }

  /** Whether a connection that has delivered no byte for `silence` ms is to be closed, even if no other can replace it. */
  isHopeless(silence: number): boolean {
    return silence >= this.#timeout * LONGEST;
  }

  /** Records a timeout: the next connection gets twice the time. */
  grow(): void {
    this.#patience = Math.min(2 * this.#patience, MOST_PATIENCE);
  }

  get #multiple(): number {
    return this.#canRecover() ? this.#patience : LONGEST;
  }
}
