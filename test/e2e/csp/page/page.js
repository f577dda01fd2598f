// A page of a site with a strict policy: no inline script, no inline style. The address contains where
// the model runs: in the page, in a worker, or nowhere, when its weights are only downloaded.
import { ModelDownloads } from '/dist/cdn/model-download.js';
import { answer, chat } from './model.js';

const parameters = new URLSearchParams(location.search);
const hub = parameters.get('hub');

/**
 * @param {string} id
 * @returns {any} An element of this page, of any kind.
 */
const byId = (id) => document.getElementById(id);

/** @param {string} text */
const say = (text) => byId('messages').append(Object.assign(document.createElement('p'), { textContent: text }));

/** Each way to run the model: its manager, and a function that answers a message. */
const ways = {
  page() {
    const downloads = new ModelDownloads(chat(hub));
    return { downloads, reply: async (message) => answer(await downloads.load('chat'), message) };
  },
  async worker() {
    const downloads = new ModelDownloads();
    await downloads.connectWorker(() => new Worker(`model-worker.js${location.search}`, { type: 'module' }));
    return { downloads, reply: async (message) => ask(await downloads.load('chat'), message) };
  },
  nowhere() {
    const address = `${hub}local/medium-chat/resolve/main/onnx/model_quantized.onnx`;
    const load = async ({ fetch, signal }) => (await fetch(address, { signal })).arrayBuffer();
    const models = { chat: { name: 'Medium Chat', load, files: [{ file: 'model_quantized.onnx', size: 11_527_473 }] } };
    return { downloads: new ModelDownloads({ models, automaticAttempts: 0 }) };
  },
};

/**
 * @param {Worker} worker
 * @param {string} message
 */
function ask(worker, message) {
  return new Promise((resolve) => {
    worker.addEventListener('message', ({ data }) => {
      if (!data.answer) return;
      globalThis.violations.push(...data.violations);
      resolve(data.answer);
    });
    worker.postMessage({ message });
  });
}

const { downloads, reply } = await ways[parameters.get('runs') ?? 'page']();
downloads.subscribe('chat', ({ status }) => (byId('send').disabled = status !== 'completed'));
document.addEventListener('model-download-background-request', ({ detail }) => say(`“${detail.modelKey}” goes on in the background.`));
document.addEventListener('model-download-retry-request', ({ detail }) => say(`“${detail.modelKey}” is tried again.`));
byId('get').addEventListener('click', () => document.querySelector('model-download-dialog').show());
byId('composer').addEventListener('submit', async (event) => {
  event.preventDefault();
  const { value } = byId('message');
  say(value);
  say(await reply(value));
});
downloads.connect(document);
byId('get').disabled = false;
