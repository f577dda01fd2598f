import { ModelDownloads } from '/dist/cdn/model-download.js';

/**
 * Models that run in a worker, with the same downloads and the same answers as those of `openInPage()`.
 *
 * @param {Parameters<typeof import('./in-page.js').openInPage>[0]} settings
 */
export async function openInWorker({ version, remoteHost, models, chooseModel }) {
  let current;
  let isDiskFull = false;
  const tellDisk = () => current.postMessage({ isDiskFull });
  const startWorker = () => {
    current = new Worker(`model-worker.js?${new URLSearchParams({ version: String(version), remoteHost })}`, { type: 'module' });
    // A new worker has the same full disk as the one before.
    if (isDiskFull) tellDisk();
    return current;
  };
  const downloads = new ModelDownloads({ namespace: `demo-v${version}`, chooseModel });
  await downloads.connectWorker(startWorker, { models });
  const load = async (key) => {
    /** @type {Worker} */
    const worker = await downloads.load(key);
    return (message) => ask(worker, { key, task: models[key].task, message });
  };
  const fillDisk = (isFull) => {
    isDiskFull = isFull;
    tellDisk();
  };
  return { downloads, load, fillDisk };
}

/**
 * Sends a question to the worker, and resolves with its answer. The port returns the answer.
 *
 * @param {Worker} worker
 * @param {{ key: string, task: string, message: string }} question
 * @returns {Promise<string>}
 */
function ask(worker, question) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage({ question }, [port2]);
  });
}
