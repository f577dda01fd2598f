import { randomNumbers } from '../models/random.js';
import { Bandwidth } from './bandwidth.js';
import { Controls } from './controls.js';
import { RequestLog } from './request-log.js';

/**
 * A namespace of the hub with its own controls, log and bandwidth, so that tests can share a hub.
 */
export class Scope {
  log = new RequestLog();
  /** Returns seeded random numbers from −1 up to 1, which move the cuts. */
  random = randomNumbers(1);
  /** @type {Set<import('node:http').ServerResponse>} */
  open = new Set();

  /**
   * @param {string} prefix The start of its paths: empty, or `/s/token`.
   * @param {import('./clock.js').Clock} clock
   */
  constructor(prefix, clock) {
    this.prefix = prefix;
    this.clock = clock;
    this.control = new Controls(({ offline }) => offline && this.disconnect());
    this.bandwidth = new Bandwidth(clock, () => this.control.values.bandwidth);
  }

  /** Destroys the connections of all active responses. */
  disconnect() {
    for (const response of this.open) response.destroy();
  }

  reset() {
    this.control.reset();
    this.log.clear();
  }
}

/** The scopes of a hub. Each is created when it is first used. */
export class Scopes {
  /** @type {Map<string, Scope>} */
  #scopes = new Map();
  #clock;

  /** @param {import('./clock.js').Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /** @param {string} [token] `undefined` for the scope of all paths without a token. */
  get(token = '') {
    const known = this.#scopes.get(token);
    if (known) return known;
    const scope = new Scope(token === '' ? '' : `/s/${token}`, this.#clock);
    this.#scopes.set(token, scope);
    return scope;
  }

  /**
   * Removes the scope from the start of a path.
   *
   * @param {string} pathname
   */
  enter(pathname) {
    const [, token, rest] = /^\/s\/([\w.-]+)(\/.*)$/.exec(pathname) ?? [];
    return { scope: this.get(token), pathname: rest ?? pathname };
  }
}
