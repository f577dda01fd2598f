import { estimators } from './estimators/index.js';
import { percentFigures } from './percent-figures.js';
import { percentages } from './percentages.js';
import { replay } from './replay.js';
import { timeFigures } from './time-figures.js';
import { Truth } from './truth.js';

/**
 * @typedef {import('../traces/read-trace.js').Trace} Trace
 * @typedef {object} Judgement
 * @property {Trace} trace
 * @property {import('./replay.js').Mode} mode
 * @property {Readonly<Record<string, import('./percent-figures.js').PercentFigures>>} percent By estimator.
 * @property {Readonly<Record<string, import('./time-figures.js').TimeFigures>>} time By estimator.
 */

export const sayPercent = ['ours', ...Object.keys(percentages)];
export const sayTime = ['ours', ...Object.keys(estimators)];

/**
 * Judges the output of a tracker for a trace, and that of the others.
 *
 * @param {Trace} trace
 * @param {import('./replay.js').Mode} mode
 * @param {import('./replay.js').MakeTracker} [makeTracker]
 * @returns {Judgement}
 */
export function judgeTrace(trace, mode, makeTracker) {
  const truth = new Truth(trace);
  const samples = replay(trace, mode, makeTracker);
  return {
    trace,
    mode,
    percent: Object.fromEntries(sayPercent.map((who) => [who, percentFigures(samples, who, truth, trace)])),
    time: Object.fromEntries(sayTime.map((who) => [who, timeFigures(samples, who, truth)])),
  };
}

/**
 * @param {readonly Trace[]} traces
 * @param {import('./replay.js').MakeTracker} [makeTracker]
 */
export function judgeAll(traces, makeTracker) {
  return traces.flatMap((trace) => [judgeTrace(trace, 'plan', makeTracker), judgeTrace(trace, 'events', makeTracker)]);
}
