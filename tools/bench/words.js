/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return `${(milliseconds / 1_000).toFixed(2)} s`;
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

/**
 * @param {number} bytes
 * @param {number} milliseconds
 */
export function rate(bytes, milliseconds) {
  return `${(bytes / 1_000 / milliseconds).toFixed(1)} MB/s`;
}

/**
 * A median with the least and the greatest value.
 *
 * @param {{ median: number, least: number, most: number }} values
 * @param {number} digits
 * @param {number} [unit] The divisor of the values.
 * @param {string} [name] The unit's name.
 */
export function spread({ median, least, most }, digits, unit = 1, name = '') {
  const [middle, low, high] = [median, least, most].map((value) => (value / unit).toFixed(digits));
  return `${middle}${name} (${low} … ${high})`;
}

/**
 * A readable table in valid Markdown.
 *
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
