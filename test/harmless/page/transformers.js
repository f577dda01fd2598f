const modules = {
  2: '/node_modules/@xenova/transformers/dist/transformers.min.js',
  3: '/node_modules/transformers-v3/dist/transformers.min.js',
  4: '/node_modules/transformers-v4/dist/transformers.min.js',
};

/**
 * Imports a version of Transformers.js as pages do, with the runtime on its own host. The row contains all other
 * settings.
 *
 * @param {any} settings
 */
export async function importTransformers({ version, addresses, env }) {
  const transformers = await import(modules[version]);
  Object.assign(transformers.env, env);
  const { wasm } = transformers.env.backends.onnx;
  const folder = `${addresses.runtime}npm/runtime@${version}/dist/`;
  // The plain build is half the size of the one that version 4 chooses.
  const name = `${folder}ort-wasm-simd-threaded`;
  wasm.wasmPaths = version === 4 ? { mjs: `${name}.mjs`, wasm: `${name}.wasm` } : folder;
  wasm.numThreads = 1;
  return transformers;
}
