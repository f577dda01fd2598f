// Loads the model in this realm, runs it once, and reports whether the answer is right.
import { arrange } from './arrangements.js';
import { answers, isRight } from './answer.js';
import { sides } from './sides.js';
import { importTransformers } from './transformers.js';

/**
 * `took` in milliseconds; `sizes` only of a visit in the realm `sizes`.
 *
 * @typedef {{ works: boolean, took: number, error?: string, complaints?: string[], sizes?: import('./sizes-visit.js').Sizes }} Outcome
 */

/**
 * @param {any} settings
 * @returns {Promise<Outcome>}
 */
export async function visit(settings) {
  const transformers = await importTransformers(settings);
  const check = await arrange(transformers, settings);
  const started = performance.now();
  try {
    const pipeline = await sides[settings.side](transformers, settings);
    const output = await answers(pipeline, settings.sample);
    const took = performance.now() - started;
    const works = isRight(output, settings.sample.expected);
    const complaints = await check?.();
    return { works, took, complaints, ...(works ? {} : { error: `It answered ${JSON.stringify(output).slice(0, 200)}` }) };
  } catch (error) {
    return { works: false, took: performance.now() - started, error: String(error) };
  }
}
