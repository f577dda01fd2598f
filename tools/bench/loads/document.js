// docs/loads.md stores the measurements: the whole table takes hours, and is measured in parts.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rows as allRows } from './rows.js';
import { keyOf, lineOf, ratioOf, readLines, tableOf } from './table.js';

const path = join(import.meta.dirname, '../../../docs/loads.md');

/** @typedef {import('./table.js').Line} Line */

/**
 * The document with the results of a run in place of its lines, and without rows that are not defined any more.
 *
 * @param {string} text
 * @param {readonly import('./summary.js').Summary[]} summaries
 * @param {readonly import('./rows.js').Row[]} [rows]
 */
export function withResults(text, summaries, rows = allRows) {
  const known = new Map([...readLines(text), ...summaries.map(lineOf)].map((line) => [keyOf(line), line]));
  const keys = rows.flatMap(({ name, model, version, visits }) => visits.map((visit) => [name, model, String(version), visit].join('|')));
  const lines = keys.map((key) => known.get(key)).filter((line) => line !== undefined);
  return markdown(lines, keys.length);
}

/** @param {readonly import('./summary.js').Summary[]} summaries */
export async function writeResults(summaries) {
  await writeFile(path, withResults(await readFile(path, 'utf8').catch(() => ''), summaries));
}

/**
 * @param {readonly Line[]} lines
 * @param {number} count
 */
function markdown(lines, count) {
  const slower = lines.filter((line) => ratioOf(line) > 1);
  const failing = lines.filter((line) => line.some((cell) => cell.includes('fails')));
  return `# How long loads take

\`npm run bench -- --only loads --write\` writes this page. Real Transformers.js 2, 3 and 4 load a model, once alone and once with
this package, in turn. Each round has a new profile of Chromium, and each visit a new browser. A run replaces the rows that it measures,
so that rows can be of machines of different speed. ${lines.length} of ${count} lines have been measured.

The ratio is the time with this package, divided by the time alone: the median of the rounds, with the least and the most. Each
other cell contains a figure alone, an arrow, and the same figure with this package. Times are medians in seconds, from the call
to the usable model. “First large byte” is the first byte of the weights or the ONNX Runtime that a server sends, “last byte” the
last one that any server sends. “After it” is the time from then to the usable model, “compiling” the time in which the
browser compiles the runtime after its bytes have arrived. Requests are those to the hub and to the runtime's server; a number
after a plus is that of the package's own modules. Bytes are those of the hub and the runtime's server.

In the base row, all servers are behind one line of 100 Mbit/s, and each response begins after 80 ms. They use HTTP/1.1. The
hub does not redirect, and the runtime's file is not compressed. \`allowLocalModels\` is \`false\`. The other rows differ from it in one
property. “Cold” is a visit without stored files, “warm” the next one, “offline” one whose servers cannot be reached. In the
last two rows the second figure is that of plain Transformers.js with a progress callback, and that of this package with
\`transfer: false\`.

${tableOf(lines)}

${slower.length} of these lines are slower with this package${slower.length > 0 ? `, at most ${ratioOf(worst(slower)).toFixed(2)} times` : ''}.
${failing.length} contain a load that fails.
`;
}

/** @param {readonly Line[]} lines */
const worst = (lines) => lines.reduce((most, line) => (ratioOf(line) > ratioOf(most) ? line : most));
