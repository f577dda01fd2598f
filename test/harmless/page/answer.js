/**
 * The output of a pipeline for the sample.
 *
 * @param {(input: unknown, options: object) => Promise<any>} pipeline
 * @param {{ input: unknown, options: object }} sample
 */
export async function answers(pipeline, { input, options }) {
  const output = await pipeline(input, options);
  return output.dims ? { dims: output.dims, start: [...output.data.slice(0, 4)] } : output[0];
}

/**
 * Whether all expected values are there; numbers can differ a little between engines.
 *
 * @param {any} output
 * @param {any} expected
 * @returns {boolean}
 */
export function isRight(output, expected) {
  if (typeof expected === 'number') return Math.abs(output - expected) < 0.01;
  if (typeof expected !== 'object') return output === expected;
  return Object.entries(expected).every(([key, value]) => isRight(output?.[key], value));
}
