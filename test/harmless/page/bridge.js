// The page's end of a model that a worker loads through `connectWorker`.
import { isRight } from './answer.js';

/**
 * @param {any} settings
 * @param {() => Worker} startWorker
 * @returns {Promise<import('./visit.js').Outcome>}
 */
export async function loadThroughBridge({ definition, sample }, startWorker) {
  const { ModelDownloads } = await import('/dist/cdn/model-download.js');
  const downloads = new ModelDownloads();
  const started = performance.now();
  try {
    await downloads.connectWorker(startWorker, { models: { model: definition } });
    /** @type {Worker} */
    const worker = await downloads.load('model');
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
    worker.postMessage({ ask: true }, [port2]);
    return { works: isRight(await answer, sample.expected), took: performance.now() - started };
  } catch (error) {
    return { works: false, took: performance.now() - started, error: String(error) };
  }
}
