import { percentColumns, timeColumns } from './columns.js';
import { sayPercent, sayTime } from './judge-trace.js';

/**
 * @typedef {import('./judge-trace.js').Judgement} Judgement
 * @typedef {import('./columns.js').Column} Column
 * @typedef {{ table: string, scenario: string, column: string, rival: string, ours: number, theirs: number }} Defeat
 */

/** The factor up to which two values are equal; a difference of the column's `near` is equal, too. */
const level = 1.05;

/** An estimator that reads the truth from the trace; it is not ranked. */
const oracle = 'oracle';

/**
 * The tables, each with its columns and traces.
 *
 * @param {readonly Judgement[]} judgements
 */
export function tablesOf(judgements) {
  const ofMode = (/** @type {string} */ mode) => judgements.filter((judgement) => judgement.mode === mode);
  return [
    { title: 'Percentage, with a plan', who: sayPercent, columns: percentColumns, judgements: ofMode('plan') },
    { title: 'Percentage, from the events alone', who: sayPercent, columns: percentColumns, judgements: ofMode('events') },
    {
      title: 'Time left',
      who: sayTime,
      columns: timeColumns,
      judgements: ofMode('plan').filter(({ time }) => (time.ours?.marks.length ?? 0) > 0),
    },
  ];
}

/**
 * All scenarios together, then each one.
 *
 * @param {readonly Judgement[]} judgements
 * @returns {[string, Judgement[]][]}
 */
export function scenariosOf(judgements) {
  const names = [...new Set(judgements.map(({ trace }) => trace.scenario))];
  return [
    ['all', [...judgements]],
    ...names.map((name) => /** @type {[string, Judgement[]]} */ ([name, judgements.filter(({ trace }) => trace.scenario === name)])),
  ];
}

/**
 * The measures in which another estimator is better. Two estimators are compared over the traces for which both have a value.
 *
 * @param {readonly Judgement[]} judgements
 * @returns {Defeat[]}
 */
export function defeats(judgements) {
  return tablesOf(judgements).flatMap(({ title, who, columns, judgements: all }) =>
    scenariosOf(all).flatMap(([scenario, some]) =>
      columns.flatMap((column) =>
        who
          .filter((rival) => rival !== 'ours' && rival !== oracle)
          .flatMap((rival) => defeatBy(rival, column, some).map((found) => ({ table: title, scenario, ...found }))),
      ),
    ),
  );
}

/**
 * @param {string} rival
 * @param {Column} column
 * @param {readonly Judgement[]} judgements
 */
function defeatBy(rival, { name, near, read, sum }, judgements) {
  const speaks = judgements.filter((judgement) => isHeard(judgement, rival));
  const both = speaks.filter((judgement) => read(judgement, 'ours') !== undefined && read(judgement, rival) !== undefined);
  const [ours, theirs] = ['ours', rival].map((who) => sum(both.map((judgement) => read(judgement, who))));
  if (ours === undefined || theirs === undefined || ours <= Math.max(theirs * level, theirs + near)) return [];
  return [{ column: name, rival, ours, theirs }];
}

/**
 * Whether an estimator has any value: `progress_total` does so in version 4 only.
 *
 * @param {Judgement} judgement
 * @param {string} who
 */
function isHeard({ percent, time }, who) {
  return percent[who]?.mean !== undefined || time[who]?.mean !== undefined;
}
