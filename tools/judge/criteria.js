import { known, median } from './statistics.js';

/**
 * @typedef {import('./judge-trace.js').Judgement} Judgement
 * @typedef {{ name: string, breaches: (judgements: readonly Judgement[]) => string[] }} Criterion
 */

/** Scenarios in which the runtimes' own totals are wrong. */
const withoutTotals = ['gzip', 'no length'];

const withPlan = (/** @type {Judgement} */ { mode }) => mode === 'plan';

/** @param {Judgement} judgement */
const label = ({ trace, mode }) => `${trace.name} (${mode === 'plan' ? 'with a plan' : 'events alone'})`;

/**
 * The error beyond the oracle's: events arrive later than their bytes, which no tracker can avoid.
 *
 * @param {Judgement} judgement
 */
function worseThanOracle({ percent: { ours, oracle } }) {
  const worse = (ours?.most ?? 0) - (oracle?.most ?? 0);
  return worse > 1 && `${worse.toFixed(2)} points worse`;
}

/**
 * @param {string} name
 * @param {(judgement: Judgement) => string | false | undefined} breach The violation in one trace.
 * @returns {Criterion}
 */
function inEach(name, breach) {
  return {
    name,
    breaches: (judgements) =>
      judgements.flatMap((judgement) => {
        const found = breach(judgement);
        return found ? [`${label(judgement)}: ${found}`] : [];
      }),
  };
}

/**
 * @param {string} name
 * @param {number} limit
 * @param {(judgement: Judgement) => (number | undefined)[]} read
 * @returns {Criterion}
 */
function inTheMiddle(name, limit, read) {
  return {
    name: `${name}: at most ${limit} (median)`,
    breaches(judgements) {
      const middle = median(judgements.filter(withPlan).flatMap(read));
      return middle !== undefined && middle <= limit ? [] : [`the median is ${middle?.toFixed(3)}`];
    },
  };
}

/** The rules that must hold in any case. @type {readonly Criterion[]} */
export const criteria = [
  inEach(
    'the percentage never falls within an attempt',
    ({ percent: { ours } }) => ours && ours.backward > 0 && `${ours.backward} steps back`,
  ),
  inEach(
    'it is never 100 while a byte is missing',
    ({ percent: { ours } }) => ours && ours.full > 0 && `${ours.full.toFixed(2)} s at 100 %`,
  ),
  inTheMiddle('with a plan, its mean error in points', 0.15, ({ percent }) => [percent.ours?.mean]),
  inTheMiddle('with a plan, its greatest error in points', 1, ({ percent }) => [percent.ours?.most]),
  inEach('with a plan it is nowhere more than 1 point worse than an estimator that knows all sizes', (judgement) => {
    return withPlan(judgement) && worseThanOracle(judgement);
  }),
  inEach('with a plan it is at most 5 points off with gzip, or without lengths', ({ mode, trace, percent: { ours } }) => {
    const most = ours?.most ?? 0;
    return mode === 'plan' && withoutTotals.includes(trace.scenario) && most > 5 && `${most.toFixed(2)} points off`;
  }),
  inEach('without a plan no percentage is shown that is wrong by more than 2 points', ({ mode, trace, percent: { ours } }) => {
    const most = ours?.most ?? 0;
    return mode === 'events' && trace.version < 4 && most > 2 && `${most.toFixed(2)} points off`;
  }),
  inEach(
    'without a plan, but with the list of version 4, it is nowhere more than 1 point worse than an estimator that knows all sizes',
    (judgement) => {
      return !withPlan(judgement) && judgement.trace.version === 4 && worseThanOracle(judgement);
    },
  ),
  inEach('with a plan it is visible 95 % of the time from the first byte of the weights on', ({ mode, percent: { ours } }) => {
    return mode === 'plan' && ours && ours.visible < 0.95 && `visible ${(ours.visible * 100).toFixed(1)} % of the time`;
  }),
  inTheMiddle(
    'the time left at 10, 25, 50, 75 and 90 %, its relative error',
    0.09,
    ({ time }) => time.ours?.marks.map(({ error }) => error) ?? [],
  ),
  inTheMiddle('the time left, its mean error in seconds', 1.5, ({ time }) => [time.ours?.mean]),
  inTheMiddle('the time left, its volatility', 0.7, ({ time }) => [time.ours?.volatility]),
  {
    name: 'the time left is shown at 80 % of the marks from 25 % on, on steady and slowly varying links',
    breaches(judgements) {
      const calm = judgements.filter(withPlan).filter(({ trace }) => ['steady', 'slowly varying'].includes(trace.scenario));
      const marks = calm.flatMap(({ time }) => time.ours?.marks.filter(({ mark }) => mark >= 0.25) ?? []);
      const share = known(marks.map(({ error }) => error)).length / marks.length;
      return share >= 0.8 ? [] : [`shown at ${(share * 100).toFixed(0)} %`];
    },
  },
  inEach(
    'from 3 s after a stall on, the time left is calm (volatility at most 1) and at most 3 times the truth and 5 s',
    ({ mode, time: { ours } }) => {
      const bad = ours?.afterStalls.find(({ volatility, wild }) => (volatility ?? 0) > 1 || wild > 0);
      return mode === 'plan' && bad && `volatility ${bad.volatility?.toFixed(2)}, ${bad.wild.toFixed(1)} s far off`;
    },
  ),
  inEach(
    'the time left is never more than 3 times the truth and 5 s, but on the link that varies 40-fold',
    ({ mode, trace, time: { ours } }) => {
      return mode === 'plan' && trace.scenario !== '40-fold' && ours && ours.wild > 0 && `${ours.wild.toFixed(1)} s far off`;
    },
  ),
];
