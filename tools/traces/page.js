// The script of the page: bundled by bundle-page.js, called by browsers.js.
import { importTransformers } from '../../demo/site/transformers.js';
import { recordLoad } from './load.js';

/**
 * @typedef {object} Request
 * @property {2 | 3 | 4} version
 * @property {string} remoteHost
 * @property {string | Record<string, string>} [runtime] The address of the ONNX Runtime, if it is not beside the module.
 * @property {import('./load.js').Definition} definition
 * @property {string[]} onDevice Addresses of files that are there before the load begins.
 * @property {boolean} transfer
 * @property {string} namespace
 */

/** @type {import('../../dist/adapters/transformers.js').TransformersModule} */
let transformers;

/** @param {Request} request */
async function prepare({ version, remoteHost, runtime, onDevice }) {
  const loaded = await importTransformers(version, remoteHost);
  if (runtime) loaded.env.backends.onnx.wasm.wasmPaths = runtime;
  transformers = loaded;
  const cache = await caches.open('transformers-cache');
  for (const url of onDevice) await cache.put(url, await fetch(url, { cache: 'no-store' }));
}

/** @param {Request} request */
function run({ definition, transfer, namespace }) {
  return recordLoad(transformers, definition, { transfer, namespace });
}

Object.assign(globalThis, { traces: { now: () => performance.now(), prepare, run } });
