// `npm run bench -- --only loads`: whole loads with this package, beside the same loads by Transformers.js alone.
import { writeResults } from './document.js';
import { linesOf } from './log.js';
import { Models } from './models.js';
import { select } from './options.js';
import { nameOf, rows } from './rows.js';
import { measureSeries } from './series.js';
import { summarize } from './summary.js';
import { lineOf, tableOf } from './table.js';

/** @typedef {import('./series.js').Measured} Measured @typedef {Partial<Record<import('./rows.js').Visit, Measured>>} Visits */

/**
 * @param {{ rows: string, models: string, versions: string, list: boolean, log: boolean, write: boolean }} options
 * @param {number} rounds
 */
export async function measureLoads(options, rounds) {
  const selected = select(rows, options);
  if (options.list) return void selected.forEach((row) => console.log(nameOf(row)));
  const models = await Models.read();
  console.log(`Whole loads; medians of ${rounds} rounds: alone → with this package`);
  const lines = [];
  try {
    for (const row of selected) {
      const summaries = await measureRow(row, await models.get(row.model), rounds, options.log);
      const measured = summaries.map(lineOf);
      for (const line of measured) console.log(line.join(' | '));
      lines.push(...measured);
      // A run that is ended keeps the rows that it has measured.
      if (options.write) await writeResults(summaries);
    }
  } finally {
    await models.close();
  }
  console.log(`\n${tableOf(lines)}`);
}

/**
 * Measures both sides in turn, so that a temporary load of the machine affects both.
 *
 * @param {import('./rows.js').Row} row
 * @param {import('./models.js').Model} model
 * @param {number} rounds
 * @param {boolean} isLogged
 */
async function measureRow(row, model, rounds, isLogged) {
  /** @type {{ plain: Visits[], ours: Visits[] }} */
  const results = { plain: [], ours: [] };
  for (let round = 0; round < rounds; round++) {
    for (const side of /** @type {const} */ (['plain', 'ours'])) {
      const visits = await measureSeries(row, model, side === 'plain' ? 'plain' : row.side);
      results[side].push(visits);
      if (isLogged) print(row, side, visits);
    }
  }
  const of = (/** @type {Visits[]} */ rounds, /** @type {import('./rows.js').Visit} */ visit) =>
    rounds.map((visits) => /** @type {Measured} */ (visits[visit]));
  return row.visits.map((visit) => summarize(row, visit, { plain: of(results.plain, visit), ours: of(results.ours, visit) }));
}

/**
 * @param {import('./rows.js').Row} row
 * @param {string} side
 * @param {Visits} visits
 */
function print(row, side, visits) {
  for (const [visit, { usable, error = '', entries, start }] of Object.entries(visits)) {
    console.log(`${nameOf(row)}, ${side}, ${visit}: ${usable.toFixed(0)} ms ${error}`);
    for (const line of linesOf(entries, start)) console.log(line);
  }
}
