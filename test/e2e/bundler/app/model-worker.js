import { exposeDownloads } from 'model-download/adapters/worker';
import mjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';

const models = exposeDownloads(self, {
  transformers: async () => {
    const transformers = await import('@huggingface/transformers');
    const { env } = transformers;
    env.remoteHost = import.meta.env.VITE_HUB;
    env.backends.onnx.wasm.wasmPaths = { mjs: new URL(mjs, location.href).href, wasm: new URL(wasm, location.href).href };
    env.backends.onnx.wasm.numThreads = 1;
    return transformers;
  },
  models: { chat: { name: 'Tiny Chat', task: 'text-generation', model: 'local/tiny-chat', options: { dtype: 'q8' } } },
});

self.addEventListener('message', async ({ data }) => {
  if (!data.prompt) return;
  /** @type {(prompt: string, options: object) => Promise<{ generated_text: string }[]>} */
  const generate = await models.get('chat');
  const [{ generated_text: answer }] = await generate(data.prompt, { max_new_tokens: 60, return_full_text: false });
  self.postMessage({ answer });
});
