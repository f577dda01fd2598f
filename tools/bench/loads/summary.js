// The medians of a row's rounds, and the ratio of its two sides.
import { compare, median, ratio } from '../rounds.js';

/**
 * @typedef {import('./series.js').Measured} Measured
 * @typedef {Pick<Measured, 'works' | 'error' | 'usable' | 'compile' | 'traffic'>} Load
 *
 * @typedef {object} Figures Medians; times are in milliseconds after the start of the load. `undefined`: not measured, or none.
 * @property {number} usable
 * @property {number | undefined} firstLarge
 * @property {number | undefined} last When the servers' last byte was sent.
 * @property {number | undefined} after Milliseconds from that byte to the usable model.
 * @property {number | undefined} compile Milliseconds.
 * @property {number} requests
 * @property {number} ownRequests Requests for modules of this package.
 * @property {number} bytes
 *
 * @typedef {object} Summary
 * @property {import('./rows.js').Row} row
 * @property {import('./rows.js').Visit} visit
 * @property {Figures | string} plain The error of a load that fails.
 * @property {Figures | string} ours
 * @property {{ median: number, least: number, most: number } | undefined} ratio Of the times, round by round; `undefined` if a side fails.
 */

/**
 * @param {import('./rows.js').Row} row
 * @param {import('./rows.js').Visit} visit
 * @param {{ plain: readonly Load[], ours: readonly Load[] }} sides In the order of the rounds.
 * @returns {Summary}
 */
export function summarize(row, visit, { plain, ours }) {
  const [theirs, own] = [figuresOf(plain), figuresOf(ours)];
  const times = (/** @type {readonly Load[]} */ loads) => loads.map(({ usable }) => usable);
  const isComparable = typeof theirs !== 'string' && typeof own !== 'string';
  return { row, visit, plain: theirs, ours: own, ratio: isComparable ? compare(times(ours), times(plain), ratio) : undefined };
}

/**
 * @param {readonly Load[]} loads
 * @returns {Figures | string}
 */
function figuresOf(loads) {
  const broken = loads.find(({ works }) => !works);
  if (broken) return broken.error ?? 'The model gave another answer';
  const of = (/** @type {(load: Load) => number | undefined} */ read) => {
    const values = loads.map(read).filter((value) => value !== undefined);
    return values.length > 0 ? median(values) : undefined;
  };
  return {
    usable: of(({ usable }) => usable) ?? NaN,
    firstLarge: of(({ traffic }) => traffic.firstLarge),
    last: of(({ traffic }) => traffic.last),
    after: of(({ usable, traffic: { last } }) => (last === undefined ? undefined : usable - last)),
    compile: of(({ compile }) => compile),
    requests: of(({ traffic }) => traffic.requests) ?? NaN,
    ownRequests: of(({ traffic }) => traffic.ownRequests) ?? NaN,
    bytes: of(({ traffic }) => traffic.bytes) ?? NaN,
  };
}
