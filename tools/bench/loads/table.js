// The measurements as text: the lines of docs/loads.md, which also stores them, and of the terminal.
import { table } from '../words.js';

const head = [
  'row',
  'MB',
  'version',
  'visit',
  'ratio',
  'usable',
  'first large byte',
  'last byte',
  'after it',
  'compiling',
  'requests',
  'bytes',
];

/** The cells that identify a line, and the place of its ratio. */
const KEY_CELLS = 4;

/** @typedef {string[]} Line The cells of one row and visit. @typedef {import('./summary.js').Figures} Figures */

/** @param {number | undefined} milliseconds */
const seconds = (milliseconds) => (milliseconds === undefined ? '–' : (milliseconds / 1000).toFixed(2));

/** @param {number} bytes */
const megabytes = (bytes) => (bytes < 10_000 ? `${bytes} B` : `${(bytes / 1e6).toFixed(2)} MB`);

/** @param {Figures} figures */
const requests = ({ requests, ownRequests }) => (ownRequests > 0 ? `${requests} + ${ownRequests}` : String(requests));

/** The columns after the ratio. @type {((figures: Figures) => string)[]} */
const columns = [
  ({ usable }) => seconds(usable),
  ({ firstLarge }) => seconds(firstLarge),
  ({ last }) => seconds(last),
  ({ after }) => seconds(after),
  ({ compile }) => seconds(compile),
  requests,
  ({ bytes }) => megabytes(bytes),
];

/**
 * @param {import('./summary.js').Summary} summary
 * @returns {Line}
 */
export function lineOf({ row, visit, plain, ours, ratio }) {
  const shown = ratio ? `${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)} … ${ratio.most.toFixed(2)})` : '–';
  const cells = columns.map((cell, index) =>
    [plain, ours].map((side) => (typeof side === 'string' ? (index === 0 ? 'fails' : '–') : cell(side))).join(' → '),
  );
  return [row.name, row.model, String(row.version), visit, shown, ...cells];
}

/** @param {readonly Line[]} lines */
export const tableOf = (lines) => table(head, lines);

/**
 * Reads the lines of a table back.
 *
 * @param {string} text
 * @returns {Line[]}
 */
export function readLines(text) {
  const lines = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return lines.filter((cells) => cells.length === head.length + 2 && /^\d$/.test(cells[3] ?? '')).map((cells) => cells.slice(1, -1));
}

/** @param {Line} line */
export const keyOf = (line) => line.slice(0, KEY_CELLS).join('|');

/** The ratio of a line; `NaN` if a side fails. @param {Line} line */
export const ratioOf = (line) => parseFloat(line[KEY_CELLS] ?? '');
