import { importTransformers } from '../../../../test/harmless/page/transformers.js';

/**
 * Imports Transformers.js with the runtime's file that it chooses itself, on the runtime's server.
 *
 * @param {any} settings
 */
export async function setUp(settings) {
  if (settings.isOffline) Object.defineProperty(Object.getPrototypeOf(navigator), 'onLine', { get: () => false });
  const transformers = await importTransformers(settings);
  const name = `${settings.addresses.runtime}npm/runtime@4/dist/ort-wasm-simd-threaded.asyncify`;
  if (settings.version === 4) transformers.env.backends.onnx.wasm.wasmPaths = { mjs: `${name}.mjs`, wasm: `${name}.wasm` };
  return transformers;
}
