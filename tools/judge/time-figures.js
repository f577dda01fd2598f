import { tick } from './replay.js';

/**
 * @typedef {import('./replay.js').Sample} Sample
 * @typedef {import('./truth.js').Truth} Truth
 * @typedef {{ mark: number, error: number | undefined }} Mark Distance from the truth as a share of it, at a share of the bytes.
 * @typedef {object} TimeFigures
 * @property {Mark[]} marks Empty if the truth is not known.
 * @property {number | undefined} mean Distance from the truth in seconds.
 * @property {number | undefined} volatility How much it changed except for counting down, per second: 0 counts down, 1 does not change.
 * @property {number} wild Seconds above 3 times the truth and 5 s.
 * @property {{ volatility: number | undefined, wild: number }[]} afterStalls The same from 3 s after each stall on.
 */

const marks = [0.1, 0.25, 0.5, 0.75, 0.9];

/** How long after a stall a figure may be unsteady, in ms. */
const calmAfter = 3_000;

/**
 * The accuracy and the stability of a time left.
 *
 * @param {readonly Sample[]} samples
 * @param {string} who
 * @param {Truth} truth
 * @returns {TimeFigures}
 */
export function timeFigures(samples, who, truth) {
  const ticks = samples.filter(({ isTick, time }) => isTick && truth.timeLeft(time) !== undefined);
  const shown = ticks.flatMap(({ time, timeLeft }) => {
    const value = timeLeft[who];
    const left = truth.timeLeft(time);
    return value === undefined || left === undefined ? [] : [{ time, value, left }];
  });
  const errors = shown.map(({ value, left }) => Math.abs(value - left));
  return {
    marks: truth.sentAt === undefined ? [] : marks.map((mark) => ({ mark, error: errorAt(ticks, who, truth, mark) })),
    mean: errors.length > 0 ? errors.reduce((sum, error) => sum + error, 0) / errors.length : undefined,
    volatility: volatilityOf(shown),
    wild: wildness(shown),
    afterStalls: truth.stalls.map(({ to }, place) => {
      const end = truth.stalls[place + 1]?.from ?? Infinity;
      const after = shown.filter(({ time }) => time >= to + calmAfter && time < end);
      return { volatility: volatilityOf(after), wild: wildness(after) };
    }),
  };
}

/**
 * @param {readonly Sample[]} ticks
 * @param {string} who
 * @param {Truth} truth
 * @param {number} mark
 */
function errorAt(ticks, who, truth, mark) {
  const reached = truth.reaches(mark) ?? Infinity;
  const sample = ticks.find(({ time }) => time >= reached);
  const value = sample?.timeLeft[who];
  const left = sample && truth.timeLeft(sample.time);
  return value === undefined || left === undefined ? undefined : Math.abs(value - left) / left;
}

/** @param {readonly { time: number, value: number }[]} shown */
function volatilityOf(shown) {
  let [restless, lasted] = [0, 0];
  shown.forEach(({ time, value }, place) => {
    const before = shown[place - 1];
    // A figure that was hidden in between has no visible change.
    if (!before || time - before.time > tick * 1.5) return;
    const elapsed = (time - before.time) / 1_000;
    restless += Math.abs(value - before.value + elapsed);
    lasted += elapsed;
  });
  return lasted > 0 ? restless / lasted : undefined;
}

/** @param {readonly { value: number, left: number }[]} shown */
function wildness(shown) {
  return (shown.filter(({ value, left }) => value > 3 * left + 5).length * tick) / 1_000;
}
