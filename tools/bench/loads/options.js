/** The options of `npm run bench -- --only loads`, for `parseArgs`. */
export const loadOptions = /** @type {const} */ ({
  rounds: { type: 'string', multiple: false },
  rows: { type: 'string', multiple: false, default: '' },
  models: { type: 'string', multiple: false, default: '1.7,11.6,99.6,500' },
  versions: { type: 'string', multiple: false, default: '2,3,4' },
  list: { type: 'boolean', multiple: false, default: false },
  log: { type: 'boolean', multiple: false, default: false },
  write: { type: 'boolean', multiple: false, default: false },
});

/**
 * The rows that the options select.
 *
 * @param {readonly import('./rows.js').Row[]} rows
 * @param {{ rows: string, models: string, versions: string }} options `rows` is a pattern of {@link nameOf}.
 */
export function select(rows, { rows: pattern, models, versions }) {
  const [sizes, numbers] = [models.split(','), versions.split(',').map(Number)];
  return rows.filter((row) => new RegExp(pattern, 'i').test(row.name) && sizes.includes(row.model) && numbers.includes(row.version));
}
