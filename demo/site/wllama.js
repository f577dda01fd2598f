// A model of wllama, from a GGUF file of the local hub.
import { ModelDownloads } from '/dist/cdn/model-download.js';
import { wllamaLoader } from '/dist/adapters/wllama.js';
import { LoggerWithoutDebug, Wllama } from '/node_modules/@wllama/wllama/esm/index.min.js';
import { remoteHost } from './hub.js';
import './slow-link.js';

const url = `${remoteHost}local/tiny-llama/resolve/main/tiny-llama.gguf`;
const paths = { default: '/node_modules/@wllama/wllama/esm/wasm/wllama.wasm' };

const load = wllamaLoader(async (options) => {
  const wllama = new Wllama(paths, { logger: LoggerWithoutDebug, suppressNativeLog: true });
  // The variant for older browsers is on a CDN, and this page is offline.
  wllama.setCompat(null);
  options.signal.addEventListener('abort', () => wllama.exit());
  await wllama.loadModelFromUrl(url, { ...options, n_gpu_layers: 0 });
  return wllama;
});

const downloads = new ModelDownloads({ models: { llama: { name: 'Tiny Llama', load } }, namespace: 'demo' });
downloads.connect(document);
downloads.subscribe('llama', async ({ status }) => {
  if (status !== 'queued') return;
  try {
    /** @type {Wllama} */
    const wllama = await downloads.load('llama');
    const { choices } = await wllama.createCompletion({ prompt: 'Who are you?', max_tokens: 40, temperature: 0 });
    document.getElementById('output').textContent = `“Who are you?” – “${choices[0].text.trim()}”`;
  } catch {
    // The recovery on the page shows the failure.
  }
});

/** @type {HTMLButtonElement} */
const open = document.querySelector('#open');
open.addEventListener('click', () => document.querySelector('model-download-dialog').show());
open.disabled = false;
