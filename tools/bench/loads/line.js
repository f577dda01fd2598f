import { Bandwidth } from '../../../demo/hub/bandwidth.js';
import { systemClock } from '../../../demo/hub/clock.js';

/** Bytes per second of a Mbit/s. */
const MEGABIT = 125_000;

/** The line between the browser and all servers: a delay before each response, and a rate that all connections share. */
export class Line {
  #latency;
  #shared;
  #connectionRate;
  #clock;
  /** @type {WeakMap<object, Bandwidth>} */
  #connections = new WeakMap();

  /**
   * @param {{ latency: number, rate: number, connectionRate?: number | undefined }} conditions As in a row.
   * @param {import('../../../demo/hub/clock.js').Clock} [clock]
   */
  constructor({ latency, rate, connectionRate }, clock = systemClock) {
    this.#latency = latency;
    this.#shared = new Bandwidth(clock, () => rate * MEGABIT);
    this.#connectionRate = connectionRate;
    this.#clock = clock;
  }

  /** Bytes to send at a time. */
  get slice() {
    return this.#shared.slice;
  }

  /**
   * Waits before a response.
   *
   * @param {AbortSignal} signal
   */
  async respond(signal) {
    if (this.#latency > 0) await this.#clock.sleep(this.#latency, signal);
  }

  /**
   * Waits until a connection may send a number of bytes.
   *
   * @param {object} connection
   * @param {number} bytes
   * @param {AbortSignal} signal
   */
  async send(connection, bytes, signal) {
    await this.#limitOf(connection)?.turn(bytes, signal);
    await this.#shared.turn(bytes, signal);
  }

  /** @param {object} connection */
  #limitOf(connection) {
    const rate = this.#connectionRate;
    if (rate === undefined) return undefined;
    const known = this.#connections.get(connection) ?? new Bandwidth(this.#clock, () => rate * MEGABIT);
    this.#connections.set(connection, known);
    return known;
  }
}
