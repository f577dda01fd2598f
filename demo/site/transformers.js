// The three versions of Transformers.js, from this server instead of a CDN.

const addresses = {
  2: '/node_modules/@xenova/transformers/dist/transformers.min.js',
  3: '/node_modules/transformers-v3/dist/transformers.min.js',
  4: '/node_modules/transformers-v4/dist/transformers.min.js',
};

const runtimes = {
  2: '/node_modules/@xenova/transformers/dist/',
  3: '/node_modules/transformers-v3/dist/',
  4: '/node_modules/transformers-v4/node_modules/onnxruntime-web/dist/',
};

/**
 * Imports one version and points it at the hub and at the local ONNX runtime.
 *
 * @param {2 | 3 | 4} version
 * @param {string} remoteHost The hub's address; ends with a slash. Empty leaves the public hub.
 */
export async function importTransformers(version, remoteHost) {
  const transformers = await import(addresses[version]);
  const { env } = transformers;
  if (remoteHost) env.remoteHost = remoteHost;
  // Version 2 asks this origin for every file first, and a page in answer would be cached as a model.
  env.allowLocalModels = false;
  env.backends.onnx.wasm.wasmPaths = new URL(runtimes[version], location.href).href;
  // More threads need a cross-origin isolated page.
  env.backends.onnx.wasm.numThreads = 1;
  return transformers;
}
