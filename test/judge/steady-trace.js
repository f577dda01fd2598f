const model = 'local/small';
const weights = 'onnx/model.onnx';

/**
 * A load as it would be on a link that never changes: a small file, then the weights, then 1 s of preparing.
 *
 * @param {{ size?: number, speed?: number, scenario?: string }} [settings] Bytes, and bytes per second.
 * @returns {import('../../tools/traces/read-trace.js').Trace}
 */
export function steadyTrace({ size = 10_000_000, speed = 1_000_000, scenario = 'steady' } = {}) {
  const files = [
    { file: 'config.json', size: 1_000, cached: false },
    { file: weights, size, cached: false },
  ];
  const told = (/** @type {string} */ file, /** @type {number} */ loaded, /** @type {number} */ total) => ({
    status: 'progress',
    name: model,
    file,
    loaded,
    total,
    progress: (loaded / total) * 100,
  });
  const of = (/** @type {string} */ status, /** @type {string} */ file) => ({ status, name: model, file });
  /** @type {[number, Record<string, unknown>][]} */
  const events = [
    [0, of('initiate', 'config.json')],
    [10, of('download', 'config.json')],
    [11, told('config.json', 1_000, 1_000)],
    [12, of('done', 'config.json')],
    [13, of('initiate', weights)],
    [20, of('download', weights)],
  ];
  /** @type {[number, number][]} */
  const sent = [[11, 1_000]];
  const end = 20 + (size / speed) * 1_000;
  for (let time = 70; time <= end; time += 50) {
    const loaded = Math.round(((time - 20) / 1_000) * speed);
    sent.push([time, 1_000 + loaded]);
    events.push([time, told(weights, loaded, size)]);
  }
  events.push([end, of('done', weights)]);
  return {
    name: `${scenario}.made-up`,
    scenario,
    engine: 'node',
    version: 3,
    transfer: false,
    model,
    files,
    events,
    sent,
    phases: { resolved: end + 1_000 },
  };
}
