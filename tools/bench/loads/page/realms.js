// Where the model runs. Each function prepares a load, and resolves with a function that measures it.
import { measure } from './outcome.js';
import { isOurs, sides } from './sides.js';
import { setUp } from './setup.js';

/** @typedef {(settings: any) => Promise<() => Promise<import('./outcome.js').Outcome>>} Realm */

const importOurs = () => import('/dist/cdn/model-download.js');

/** @type {Record<import('../rows.js').Row['realm'], Realm>} */
export const realms = {
  async page(settings) {
    const { side, definition, sample } = settings;
    const [transformers, ours] = [await setUp(settings), isOurs(side) ? await importOurs() : undefined];
    return () => measure(() => sides[side](transformers, definition, ours), sample);
  },

  // The worker starts with the load, on both sides.
  async worker(settings) {
    const startWorker = () => new Worker(new URL(`worker.js${location.search}`, import.meta.url), { type: 'module' });
    if (!isOurs(settings.side)) return () => messageFrom(startWorker());
    const { ModelDownloads } = await importOurs();
    return () => loadInWorker(ModelDownloads, startWorker, settings);
  },
};

/**
 * @param {any} ModelDownloads
 * @param {() => Worker} startWorker
 * @param {any} settings
 */
async function loadInWorker(ModelDownloads, startWorker, { definition, sample }) {
  const compiled = [];
  const outcome = await measure(async () => {
    const downloads = new ModelDownloads();
    await downloads.connectWorker(startWorker, { models: { model: definition } });
    /** @type {Worker} */
    const worker = await downloads.load('model');
    return async (/** @type {string} */ input) => {
      const { port1, port2 } = new MessageChannel();
      worker.postMessage({ input }, [port2]);
      const { output, compiled: found } = await messageFrom(port1);
      compiled.push(...found);
      return output;
    };
  }, sample);
  return { ...outcome, compiled };
}

/**
 * @param {Worker | MessagePort} port
 * @returns {Promise<any>}
 */
const messageFrom = (port) => {
  const start = performance.timeOrigin + performance.now();
  return new Promise((resolve) => (port.onmessage = ({ data }) => resolve(data.end ? { ...data, start } : data)));
};
