// The model of the page, in whichever realm it runs, with Transformers.js and its runtime from this origin.

/** @param {string} remoteHost Of the hub. */
export function chat(remoteHost) {
  return {
    models: { chat: { name: 'Medium Chat', task: 'text-generation', model: 'local/medium-chat', options: { dtype: 'q8' } } },
    transformers: () => importTransformers(remoteHost),
    // The user must decide at once.
    automaticAttempts: 0,
  };
}

/** @param {string} remoteHost */
async function importTransformers(remoteHost) {
  const transformers = await import('/node_modules/transformers-v4/dist/transformers.min.js');
  const { env } = transformers;
  env.remoteHost = remoteHost;
  const runtime = `${location.origin}/node_modules/transformers-v4/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded`;
  env.backends.onnx.wasm.wasmPaths = { mjs: `${runtime}.mjs`, wasm: `${runtime}.wasm` };
  // Else it imports the runtime's script from a blob, and the policy would have to allow those.
  env.useWasmCache = false;
  return transformers;
}

/**
 * The answer of a model to a message.
 *
 * @param {(message: string, options: object) => Promise<{ generated_text: string }[]>} generate
 * @param {string} message
 */
export async function answer(generate, message) {
  const [{ generated_text }] = await generate(message, { max_new_tokens: 60, return_full_text: false });
  return generated_text.trim();
}
