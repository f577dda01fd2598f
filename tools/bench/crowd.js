// The script of the page: many downloads at once, with the elements that show them.
import '/dist/define/index.js';
import { ModelDownloadOpenRequestEvent, ModelDownloads } from '/dist/index.js';

/**
 * Loads a file for each address, `concurrency` at a time, and returns how long that took, in ms. On
 * screen is one indicator of all; `isCrowded` adds an open dialog and an indicator for each.
 *
 * @param {{ urls: string[], file: string, size: number, concurrency: number, isCrowded: boolean }} run
 */
async function load({ urls, file, size, concurrency, isCrowded }) {
  const definition = (/** @type {string} */ url) => ({
    files: [{ file, size }],
    load: async (/** @type {{ fetch: typeof globalThis.fetch }} */ { fetch }) => readWhole(await fetch(url, { cache: 'no-store' })),
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
  if (isCrowded) {
    document.body.append(...keys.map((key) => Object.assign(document.createElement('model-progress-mini'), { modelKey: key })));
    document.dispatchEvent(new ModelDownloadOpenRequestEvent({ modelKey: /** @type {string} */ (keys[0]) }));
  }

  const began = performance.now();
  await Promise.all(keys.map((key) => downloads.load(key)));
  const took = performance.now() - began;
  const { bytesDownloaded, completed } = downloads.summary;
  if (started.join() !== keys.join()) throw new Error(`The order was ${started.join()}`);
  if (completed !== keys.length || bytesDownloaded !== keys.length * size)
    throw new Error(`${bytesDownloaded} bytes of ${completed} models arrived`);
  return took;
}

/**
 * Loads the same files as many at a time by plain fetches, with nothing of ours, and returns how long that took, in ms.
 *
 * @param {{ urls: string[], concurrency: number }} run
 */
async function loadPlainly({ urls, concurrency }) {
  const waiting = [...urls];
  const began = performance.now();
  const work = async () => {
    for (let url = waiting.shift(); url; url = waiting.shift()) await readWhole(await fetch(url, { cache: 'no-store' }));
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return performance.now() - began;
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

globalThis.crowd = { load, loadPlainly };
