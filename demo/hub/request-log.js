/**
 * @typedef {object} LogEntry
 * @property {number} id Grows by one with every request to the hub.
 * @property {number} time Milliseconds since the epoch.
 * @property {'hub' | 'cdn'} origin
 * @property {string} method
 * @property {string} path
 * @property {string | null} file The file's path in its model, where the request is for one.
 * @property {string | null} range
 * @property {number | null} status
 * @property {number} bytesSent Bytes of the body that were written to the socket so far.
 * @property {number | null} bodySize Bytes of the whole body, where it is known.
 * @property {boolean} finished
 * @property {boolean} aborted Closed before its end, by either side.
 */

const capacity = 5000;
let lastId = 0;

/** The last requests of one scope. */
export class RequestLog {
  /** @type {LogEntry[]} */
  #entries = [];

  /** Called with each piece of a body before it is written to the socket. @type {() => void} */
  onSend = () => {};

  /**
   * @param {Pick<LogEntry, 'origin' | 'method' | 'path' | 'file' | 'range'>} request
   * @returns {LogEntry} The code that handles the request updates it.
   */
  add(request) {
    const answer = { status: null, bytesSent: 0, bodySize: null, finished: false, aborted: false };
    const entry = { id: ++lastId, time: Date.now(), ...request, ...answer };
    this.#entries.push(entry);
    if (this.#entries.length > capacity) this.#entries.shift();
    return entry;
  }

  /**
   * A copy of the requests after the one with the given id.
   *
   * @param {number} [id]
   * @returns {LogEntry[]}
   */
  since(id = 0) {
    return this.#entries.filter((entry) => entry.id > id).map((entry) => ({ ...entry }));
  }

  clear() {
    this.#entries = [];
  }
}
