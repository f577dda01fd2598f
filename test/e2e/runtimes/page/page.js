// One model of another runtime, and a record of its states. The address contains the runtime.
import { ModelDownloads } from '/dist/cdn/model-download.js';
import { responseLoader } from '/dist/adapters/response.js';
import { webLlmLoader } from '/dist/adapters/web-llm.js';
import { wllamaLoader } from '/dist/adapters/wllama.js';

const { runtime, url } = JSON.parse(new URLSearchParams(location.search).get('settings'));

/** Loads with the real package, on the processor alone: there is no WebGPU here. */
async function loadWithWllama(options) {
  const { LoggerWithoutDebug, Wllama } = await import('/node_modules/@wllama/wllama/esm/index.min.js');
  const paths = { default: '/node_modules/@wllama/wllama/esm/wasm/wllama.wasm' };
  const wllama = new Wllama(paths, { logger: LoggerWithoutDebug, suppressNativeLog: true });
  options.signal.addEventListener('abort', () => wllama.exit());
  await wllama.loadModelFromUrl(url, { ...options, n_gpu_layers: 0 });
  return wllama;
}

/** Starts to load with the real package, which needs WebGPU after the first files. */
async function loadWithWebLlm(initProgressCallback, signal) {
  const { MLCEngine } = await import('/node_modules/@mlc-ai/web-llm/lib/index.js');
  const record = { model_id: 'model', model: url, model_lib: url };
  const engine = new MLCEngine({ initProgressCallback, appConfig: { model_list: [record] } });
  signal.addEventListener('abort', () => engine.unload());
  await engine.reload('model');
  return engine;
}

const loaders = {
  'web-llm': webLlmLoader(loadWithWebLlm),
  wllama: wllamaLoader(loadWithWllama),
  file: responseLoader(url),
  kept: responseLoader(url, { keep: true }),
};

const downloads = new ModelDownloads({ models: { model: { name: 'Model', load: loaders[runtime] } } });

/** Every state and aggregate of the download since the page was opened. */
const changes = [];
document.addEventListener('model-download-change', ({ detail: { state, aggregate } }) => changes.push({ state, aggregate }));
downloads.connect(document);

Object.assign(globalThis, { downloads, changes });
