// The three versions of Transformers.js, from this server instead of a CDN.

const addresses = {
  2: '/node_modules/@xenova/transformers/dist/transformers.min.js',
  3: '/node_modules/transformers-v3/dist/transformers.min.js',
  4: '/node_modules/transformers-v4/dist/transformers.min.js',
};

const version4Runtime = '/node_modules/transformers-v4/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded';

/** Version 4 needs two addresses; the plain build is half the size of the one that it would choose for WebGPU. */
const runtimes = {
  2: '/node_modules/@xenova/transformers/dist/',
  3: '/node_modules/transformers-v3/dist/',
  4: { mjs: `${version4Runtime}.mjs`, wasm: `${version4Runtime}.wasm` },
};

/**
 * Imports one version and configures it for the hub and the local ONNX Runtime.
 *
 * @param {number} version
 * @param {string} remoteHost The hub's address; ends with a slash. An empty one selects the public hub.
 */
export async function importTransformers(version, remoteHost) {
  const transformers = await import(addresses[version]);
  const { env } = transformers;
  if (remoteHost) env.remoteHost = remoteHost;
  // Version 2 requests every file from this origin first, and would cache a page in the response as a model.
  env.allowLocalModels = false;
  env.backends.onnx.wasm.wasmPaths = absolute(runtimes[version]);
  // More than one thread requires a cross-origin isolated page.
  env.backends.onnx.wasm.numThreads = 1;
  return transformers;
}

/** @param {string | Record<string, string>} address */
function absolute(address) {
  if (typeof address === 'string') return new URL(address, location.href).href;
  return Object.fromEntries(Object.entries(address).map(([name, path]) => [name, absolute(path)]));
}
