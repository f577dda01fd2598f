/**
 * @typedef {{ start: number, end: number }} ByteRange `end` is the place after the last byte.
 */

/**
 * Reads a `Range` header.
 *
 * @param {string | undefined} header
 * @param {number} size
 * @returns {ByteRange | 'whole' | 'unsatisfiable'} `whole` also for headers that a server should ignore.
 */
export function parseRange(header, size) {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (!first && !last) return 'whole';
  const range = first ? fromStart(Number(first), last, size) : { start: Math.max(0, size - Number(last)), end: size };
  if (first && last && Number(last) < Number(first)) return 'whole';
  return range.start < range.end ? range : 'unsatisfiable';
}

/**
 * @param {number} start
 * @param {string | undefined} last
 * @param {number} size
 * @returns {ByteRange}
 */
function fromStart(start, last, size) {
  return { start, end: last ? Math.min(Number(last) + 1, size) : size };
}
