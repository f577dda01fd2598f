// Measures one load, and runs the model once afterwards to see that it works.
import { answers, isRight } from '../../../../test/harmless/page/answer.js';
import { compiled, now } from './compile-watch.js';

/**
 * @typedef {object} Outcome
 * @property {number} start Milliseconds since 1970, as `end`.
 * @property {number} end When the model was usable, or the load failed.
 * @property {boolean} works
 * @property {string} [error]
 * @property {import('./compile-watch.js').Compiled[]} compiled
 *
 * @param {() => Promise<any>} load
 * @param {{ input: unknown, options: object, expected: object }} sample
 * @returns {Promise<Outcome>}
 */
export async function measure(load, sample) {
  const start = now();
  try {
    const pipeline = await load();
    const end = now();
    const works = isRight(await answers(pipeline, sample), sample.expected);
    return { start, end, works, compiled };
  } catch (error) {
    return { start, end: now(), works: false, error: String(error), compiled };
  }
}

/**
 * @param {number} patience Milliseconds.
 * @param {number} start As in {@link Outcome}.
 * @returns {Promise<Outcome>}
 */
export const hanging = (patience, start) =>
  new Promise((resolve) => setTimeout(() => resolve({ start, end: now(), works: false, error: 'hangs', compiled }), patience));
