import { known, median, most } from './statistics.js';

/**
 * @typedef {import('./judge-trace.js').Judgement} Judgement
 * @typedef {object} Column One figure of a table, over the traces of a row.
 * @property {string} name
 * @property {number} digits
 * @property {number} near The difference that counts as equal for any value: about what is visible on a screen.
 * @property {(judgement: Judgement, who: string) => (number | undefined)} read The value of one trace; less is better.
 * @property {(values: (number | undefined)[]) => number | undefined} sum
 */

/** @type {readonly Column[]} */
export const percentColumns = [
  { name: 'steps back', digits: 0, near: 0, sum: most, read: ({ percent }, who) => percent[who]?.backward },
  { name: 'mean error', digits: 2, near: 0.02, sum: median, read: ({ percent }, who) => percent[who]?.mean },
  { name: 'most', digits: 1, near: 0.5, sum: most, read: ({ percent }, who) => percent[who]?.most },
  { name: 's at 100 % early', digits: 1, near: 0, sum: most, read: ({ percent }, who) => percent[who]?.full },
  { name: 's without number', digits: 1, near: 0.1, sum: most, read: ({ percent }, who) => percent[who]?.silent },
];

/** @param {number} mark */
function errorAt(mark) {
  return (/** @type {Judgement} */ { time }, /** @type {string} */ who) => time[who]?.marks.find((found) => found.mark === mark)?.error;
}

/** @type {readonly Column[]} */
export const timeColumns = [
  ...[0.1, 0.25, 0.5, 0.75, 0.9].map((mark) => ({ name: `at ${mark * 100} %`, digits: 2, near: 0.02, sum: median, read: errorAt(mark) })),
  { name: 'mean error, s', digits: 2, near: 0.05, sum: median, read: ({ time }, who) => time[who]?.mean },
  { name: 'volatility', digits: 2, near: 0.02, sum: median, read: ({ time }, who) => time[who]?.volatility },
  { name: 's far off', digits: 1, near: 0, sum: most, read: ({ time }, who) => time[who]?.wild },
  {
    name: 'marks without',
    digits: 0,
    near: 0,
    sum: total,
    read: ({ time }, who) => time[who]?.marks.filter(({ error }) => error === undefined).length,
  },
];

/** @param {(number | undefined)[]} values */
function total(values) {
  return known(values).reduce((sum, value) => sum + value, 0);
}
