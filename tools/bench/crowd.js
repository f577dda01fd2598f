// What runs in the page: many downloads at once, with everything on screen that can show them.
import '/dist/define/index.js';
import { ModelDownloadOpenRequestEvent, ModelDownloads } from '/dist/index.js';

/**
 * Loads a file for each address, `concurrency` at a time, and returns how long that took, in ms.
 *
 * @param {{ urls: string[], file: string, size: number, concurrency: number }} run
 */
async function load({ urls, file, size, concurrency }) {
  const definition = (/** @type {string} */ url) => ({
    files: [{ file, size }],
    load: async (/** @type {{ fetch: typeof fetch }} */ { fetch }) => readWhole(await fetch(url, { cache: 'no-store' })),
  });
  const models = Object.fromEntries(urls.map((url, index) => [`model-${index}`, definition(url)]));
  const keys = Object.keys(models);
  const downloads = new ModelDownloads({ models, concurrency, namespace: 'bench', storage: null });
  /** @type {string[]} */
  const started = [];
  for (const key of keys) {
    downloads.subscribe(key, ({ status }) => {
      if (status === 'checking' && !started.includes(key)) started.push(key);
    });
  }
  downloads.connect(document);
  document.body.append(...keys.map((key) => Object.assign(document.createElement('model-progress-mini'), { modelKey: key })));
  document.dispatchEvent(new ModelDownloadOpenRequestEvent({ modelKey: /** @type {string} */ (keys[0]) }));

  const began = performance.now();
  await Promise.all(keys.map((key) => downloads.load(key)));
  const took = performance.now() - began;
  const { bytesDownloaded, completed } = downloads.summary;
  if (started.join() !== keys.join()) throw new Error(`The order was ${started.join()}`);
  if (completed !== keys.length || bytesDownloaded !== keys.length * size) throw new Error(`${bytesDownloaded} bytes of ${completed} models came`);
  return took;
}

/**
 * Reads a body piece by piece, as Transformers.js does.
 *
 * @param {Response} response
 */
async function readWhole(response) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  while (!(await reader.read()).done);
}

globalThis.crowd = { load };
