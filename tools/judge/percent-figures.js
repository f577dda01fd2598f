/**
 * @typedef {import('./replay.js').Sample} Sample
 * @typedef {import('./truth.js').Truth} Truth
 * @typedef {object} PercentFigures
 * @property {number} backward How often it fell.
 * @property {number | undefined} mean Distance from the truth in points, while bytes arrive.
 * @property {number | undefined} most
 * @property {number} full Seconds at 100 % while a byte was missing.
 * @property {number} silent Seconds without a number, from the first byte of the model's weights on.
 * @property {number} visible The share of that time with a number; 1 if that time is 0.
 */

const weights = /\.onnx(_data(_\d+)?)?$/;

/**
 * The accuracy of a percentage.
 *
 * @param {readonly Sample[]} samples
 * @param {string} who
 * @param {Truth} truth
 * @param {import('../traces/read-trace.js').Trace} trace
 * @returns {PercentFigures}
 */
export function percentFigures(samples, who, truth, trace) {
  const began = trace.events.find(([, { file, loaded }]) => weights.test(String(file)) && Number(loaded) > 0)?.[0] ?? Infinity;
  /** @type {number[]} */
  const errors = [];
  const figures = { backward: 0, most: 0, full: 0, silent: 0, shown: 0 };
  let highest = 0;
  samples.forEach(({ time, isTick, percent }, place) => {
    const shown = percent[who];
    const lasts = ((samples[place + 1]?.time ?? time) - time) / 1_000;
    if (time >= began && time < truth.completeAt) figures[shown === undefined ? 'silent' : 'shown'] += lasts;
    if (shown === undefined) return;
    if (shown < highest) figures.backward++;
    highest = shown;
    const error = Math.abs(shown - truth.percent(time));
    figures.most = Math.max(figures.most, error);
    if (isTick && time <= truth.completeAt) errors.push(error);
    if (shown >= 100 && truth.isMissing(time)) figures.full += lasts;
  });
  const { shown, silent, backward, full } = figures;
  const isSaid = errors.length > 0;
  return {
    backward,
    mean: isSaid ? errors.reduce((sum, error) => sum + error, 0) / errors.length : undefined,
    most: isSaid ? figures.most : undefined,
    full,
    silent,
    visible: shown + silent > 0 ? shown / (shown + silent) : 1,
  };
}
