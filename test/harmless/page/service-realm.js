// A service worker that loads the model itself, as extensions do in their background: no `import()` works here.
import * as transformers from '/node_modules/@xenova/transformers/dist/transformers.min.js';
import { installDownloadFetch } from '/bundle/transformers.js';
import { answers, isRight } from './answer.js';

const { addresses, env, side, definition, sample } = JSON.parse(new URLSearchParams(location.search).get('settings'));

self.addEventListener('message', (/** @type {any} An ExtendableMessageEvent. */ event) => {
  event.waitUntil(load().then((outcome) => event.ports[0].postMessage(outcome)));
});

async function load() {
  const started = performance.now();
  try {
    Object.assign(transformers.env, env);
    Object.assign(transformers.env.backends.onnx.wasm, { wasmPaths: `${addresses.runtime}npm/runtime@2/dist/`, numThreads: 1 });
    if (side !== 'plain') installDownloadFetch(transformers);
    const { task, model, options } = definition;
    const output = await answers(await transformers.pipeline(task, model, options), sample);
    return { works: isRight(output, sample.expected), took: performance.now() - started };
  } catch (error) {
    return { works: false, took: performance.now() - started, error: String(error) };
  }
}
