import type { TextGenerationPipeline } from '@huggingface/transformers';
import { ModelDownloads } from 'model-download';
import mjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';

export const MODEL_KEY = 'chat';
export const MODEL_NAME = 'Medium Chat';

export const downloads = new ModelDownloads({
  // After a failure this page does nothing by itself: the visitor is asked at once.
  automaticAttempts: 0,
  models: {
    [MODEL_KEY]: { name: MODEL_NAME, task: 'text-generation', model: 'local/medium-chat', options: { dtype: 'q8' } },
  },
  transformers: async () => {
    const transformers = await import('@huggingface/transformers');
    transformers.env.remoteHost = import.meta.env.VITE_MODEL_HOST;
    // The runtime comes from this site, and not from a CDN.
    Object.assign(transformers.env.backends.onnx.wasm ?? {}, { wasmPaths: { mjs, wasm } });
    return transformers;
  },
});

/** What the model, which has to be here, says to a message. */
export async function answer(message: string): Promise<string> {
  const generate = await downloads.load<TextGenerationPipeline>(MODEL_KEY);
  const [result] = await generate(message, { max_new_tokens: 60, return_full_text: false });
  return result ? String(result.generated_text).trim() : '';
}
