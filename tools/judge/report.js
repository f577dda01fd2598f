import { table } from '../bench/words.js';
import { scenariosOf, tablesOf } from './rank.js';

/**
 * @typedef {import('./judge-trace.js').Judgement} Judgement
 * @typedef {import('./columns.js').Column} Column
 */

/**
 * The tables, in Markdown.
 *
 * @param {readonly Judgement[]} judgements
 */
export function report(judgements) {
  return tablesOf(judgements)
    .map(({ title, who, columns, judgements: all }) => {
      const rows = scenariosOf(all).flatMap(([scenario, some]) => who.map((name) => rowOf(scenario, name, columns, some)));
      return `### ${title}\n\n${table(
        ['link or load', 'traces', 'estimator', ...columns.map(({ name }) => name)],
        rows.filter((row) => row.slice(3).some((cell) => cell !== '–')),
      )}`;
    })
    .join('\n\n');
}

/**
 * @param {string} scenario
 * @param {string} who
 * @param {readonly Column[]} columns
 * @param {readonly Judgement[]} judgements
 */
function rowOf(scenario, who, columns, judgements) {
  const speaking = judgements.filter(({ percent, time }) => percent[who]?.mean !== undefined || time[who]?.mean !== undefined);
  const cells = columns.map(({ digits, read, sum }) => {
    const value = speaking.length > 0 ? sum(speaking.map((judgement) => read(judgement, who))) : undefined;
    return value === undefined ? '–' : value.toFixed(digits);
  });
  return [scenario, String(speaking.length), who, ...cells];
}
