// What the servers of a load received and sent, and when.

/** From this size on a response counts as large: the weights and the runtime. */
const LARGE = 1_000_000;

/**
 * @typedef {object} Entry Times are in milliseconds since 1970; `undefined` if nothing was sent.
 * @property {string} server
 * @property {string} method
 * @property {string} path
 * @property {string | undefined} range
 * @property {number} status 0 without a response.
 * @property {number} size Bytes of the response's body.
 * @property {number} bytes Bytes that were sent of it.
 * @property {number} received When the request arrived.
 * @property {number | undefined} first When the first byte of the body was sent.
 * @property {number | undefined} last When the last one was sent.
 *
 * @typedef {object} Traffic Times are in milliseconds after the start of the load.
 * @property {number} requests To the hub and to the runtime's server.
 * @property {number} bytes From these.
 * @property {number} ownRequests To the page's server.
 * @property {number | undefined} firstLarge When the first byte of the weights or the runtime was sent.
 * @property {number | undefined} last When the last byte was sent.
 */

/** Milliseconds since 1970, in the precision of `performance.now()`. */
export const now = () => performance.timeOrigin + performance.now();

/**
 * The figures of a load.
 *
 * @param {readonly Entry[]} entries
 * @param {number} start Requests before it belong to the page.
 * @returns {Traffic}
 */
export function trafficOf(entries, start) {
  const since = entries.filter(({ received }) => received >= start);
  const remote = since.filter(({ server }) => server !== 'page');
  const firsts = remote.filter(({ size, first }) => size >= LARGE && first !== undefined).map(({ first }) => first);
  const lasts = remote.filter(({ last }) => last !== undefined).map(({ last }) => last);
  return {
    requests: remote.length,
    bytes: remote.reduce((sum, { bytes }) => sum + bytes, 0),
    ownRequests: since.length - remote.length,
    firstLarge: firsts.length > 0 ? Math.min(...firsts) - start : undefined,
    last: lasts.length > 0 ? Math.max(...lasts) - start : undefined,
  };
}

/**
 * The entries as lines for the terminal.
 *
 * @param {readonly Entry[]} entries
 * @param {number} start
 */
export function linesOf(entries, start) {
  const at = (/** @type {number | undefined} */ time) => (time === undefined ? '' : (time - start).toFixed(0)).padStart(7);
  return entries
    .filter(({ received }) => received >= start)
    .map((entry) => {
      const { server, method, path, range = '', status, bytes, received, first, last } = entry;
      return `${at(received)}${at(first)}${at(last)} ${server} ${method} ${path} ${range} ${status} ${bytes}`;
    });
}
