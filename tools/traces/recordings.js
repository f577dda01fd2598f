import { stalling, steady, varying, wild } from './links.js';

/**
 * @typedef {object} Recording What to record.
 * @property {string} scenario
 * @property {import('./browsers.js').Engine} engine
 * @property {2 | 3 | 4} version Of Transformers.js.
 * @property {boolean} transfer Whether the load uses the transfer layer.
 * @property {string} model
 * @property {import('./links.js').Link} link
 * @property {RegExp} [onDevice] The files that are there before; the name of the runtime's among them.
 * @property {number} [slowdown] How many times slower the page computes.
 */

const MB = 1_000_000;
const medium = 'local/medium-chat';
const eyes = 'local/eyes';
const translator = 'local/translator';
const external = 'local/external';

/**
 * @param {string} scenario
 * @param {string} setting Engine and version, and a + with the transfer layer.
 * @param {string} model
 * @param {import('./links.js').Link} link
 * @param {Pick<Recording, 'onDevice' | 'slowdown'>} [more]
 * @returns {Recording}
 */
function recording(scenario, setting, model, link, more = {}) {
  const [, engine, version, plus] = /^(\w+) (\d)(\+?)$/.exec(setting) ?? [];
  return /** @type {Recording} */ ({ scenario, engine, version: Number(version), transfer: plus === '+', model, link, ...more });
}

const onnxStalls = (/** @type {number} */ rate) => stalling(rate, '.onnx', [4 * MB, 8 * MB]);

/** With the layer the runtime's file, 10 to 22 MB, is part of the download. @type {readonly Recording[]} */
export const recordings = [
  recording('steady', 'chromium 2', medium, steady(0.8 * MB)),
  recording('steady', 'chromium 2+', medium, steady(1.5 * MB)),
  recording('steady', 'chromium 3', translator, steady(1 * MB)),
  recording('steady', 'chromium 3+', medium, steady(2.5 * MB)),
  recording('steady', 'chromium 4', medium, steady(0.8 * MB)),
  recording('steady', 'chromium 4+', medium, steady(2 * MB)),
  recording('steady', 'firefox 2', medium, steady(1 * MB)),
  recording('steady', 'firefox 3+', eyes, steady(2 * MB)),
  recording('steady', 'firefox 4', medium, steady(0.8 * MB)),
  recording('steady', 'node 2', medium, steady(0.8 * MB)),
  recording('steady', 'node 3', medium, steady(1 * MB)),
  recording('steady', 'node 4', medium, steady(0.8 * MB)),
  recording('steady', 'node 4+', medium, steady(0.8 * MB)),
  recording('slowly varying', 'chromium 2+', medium, varying(1.2 * MB, 0)),
  recording('slowly varying', 'chromium 3', translator, varying(0.8 * MB, 1 / 6)),
  recording('slowly varying', 'chromium 4+', medium, varying(1.5 * MB, 2 / 6)),
  recording('slowly varying', 'firefox 4', medium, varying(0.7 * MB, 3 / 6)),
  recording('slowly varying', 'firefox 2+', medium, varying(1.2 * MB, 4 / 6)),
  recording('slowly varying', 'node 3+', medium, varying(0.7 * MB, 5 / 6)),
  recording('40-fold', 'chromium 2', medium, wild(2 * MB)),
  recording('40-fold', 'chromium 4+', medium, wild(4 * MB)),
  recording('40-fold', 'firefox 3', medium, wild(2 * MB)),
  recording('40-fold', 'node 4', medium, wild(2 * MB)),
  recording('stalls', 'chromium 2', medium, onnxStalls(0.8 * MB)),
  recording('stalls', 'chromium 3+', medium, onnxStalls(2 * MB)),
  recording('stalls', 'chromium 4', medium, onnxStalls(0.8 * MB)),
  recording('stalls', 'firefox 4+', medium, onnxStalls(1.6 * MB)),
  recording('stalls', 'node 3', medium, onnxStalls(0.8 * MB)),
  recording('cuts', 'chromium 2+', medium, steady(1.5 * MB, { match: '.onnx', cutAfter: 3 * MB, cutTimes: 2 })),
  recording('cuts', 'chromium 4+', medium, steady(2 * MB, { match: '.onnx', cutAfter: 3 * MB, cutTimes: 2 })),
  recording('cuts', 'firefox 3+', eyes, steady(2 * MB, { match: '.onnx', cutAfter: 4 * MB, cutTimes: 1 })),
  recording('cuts', 'node 2+', medium, steady(0.8 * MB, { match: '.onnx', cutAfter: 3 * MB, cutTimes: 2 })),
  recording('cuts', 'chromium 3', medium, steady(0.8 * MB, { match: '.onnx', cutAfter: 7 * MB, cutTimes: 1 })),
  recording('no length', 'chromium 2', medium, steady(0.8 * MB, { noLength: true })),
  recording('no length', 'chromium 3+', eyes, steady(2 * MB, { noLength: true })),
  recording('no length', 'chromium 4', medium, steady(0.8 * MB, { noLength: true })),
  recording('no length', 'firefox 3', medium, steady(0.8 * MB, { noLength: true })),
  recording('no length', 'node 3', medium, steady(0.8 * MB, { noLength: true })),
  recording('gzip', 'chromium 2', 'local/sentiment', steady(0.3 * MB, { gzip: true })),
  recording('gzip', 'chromium 3+', eyes, steady(2 * MB, { gzip: true })),
  recording('gzip', 'chromium 4', 'local/tiny-chat', steady(0.12 * MB, { gzip: true })),
  recording('gzip', 'firefox 2', 'local/tiny-chat', steady(0.12 * MB, { gzip: true })),
  recording('parallel', 'chromium 2+', translator, steady(1.8 * MB)),
  recording('parallel', 'firefox 4', translator, steady(1 * MB)),
  recording('parallel', 'node 4+', translator, steady(1 * MB)),
  recording('partly cached', 'chromium 4+', translator, steady(1.5 * MB), { onDevice: /json|encoder/ }),
  recording('partly cached', 'chromium 2', translator, steady(0.8 * MB), { onDevice: /json|encoder/ }),
  recording('partly cached', 'firefox 3', translator, steady(0.8 * MB), { onDevice: /json|encoder/ }),
  recording('partly cached', 'node 4', translator, steady(0.8 * MB), { onDevice: /json|encoder/ }),
  recording('all cached', 'chromium 3', 'local/large-chat', steady(4 * MB), { onDevice: /./ }),
  recording('all cached', 'chromium 4+', 'local/large-chat', steady(4 * MB), { onDevice: /./ }),
  recording('all cached', 'firefox 2', medium, steady(4 * MB), { onDevice: /./ }),
  recording('external data', 'chromium 3+', external, steady(3 * MB)),
  recording('external data', 'chromium 4', external, steady(1.6 * MB)),
  recording('external data', 'firefox 4', external, steady(1.6 * MB)),
  recording('external data', 'node 4+', external, steady(1.6 * MB)),
  recording('slow session', 'chromium 2', eyes, steady(0.9 * MB)),
  recording('slow session', 'chromium 4+', 'local/large-chat', steady(4 * MB), { slowdown: 4 }),
  recording('slow session', 'firefox 3', 'local/sentiment', steady(2 * MB)),
];

/** @param {Recording} recording */
export function nameOf({ scenario, engine, version, transfer }) {
  return `${scenario.replaceAll(' ', '-')}.${engine}-v${version}${transfer ? '-transfer' : ''}`;
}
