import { ModelDownloads } from '/dist/cdn/model-download.js';
import { answer } from './answers.js';
import { fillDisk } from './full-disk.js';
import { importTransformers } from './transformers.js';

/**
 * Models that run in the page's main thread.
 *
 * @param {object} settings
 * @param {number} settings.version Of Transformers.js.
 * @param {string} settings.remoteHost The address of the hub; ends with a slash.
 * @param {Record<string, import('model-download').ModelDefinition & { task: string }>} settings.models
 * @param {() => void} settings.chooseModel Offers the visitor another model.
 */
export function openInPage({ version, remoteHost, models, chooseModel }) {
  const downloads = new ModelDownloads({
    models,
    chooseModel,
    namespace: `demo-v${version}`,
    transformers: () => importTransformers(version, remoteHost),
  });
  /** Waits for a model, and resolves with a function that answers a message. */
  const load = async (key) => {
    /** @type {import('./answers.js').Pipe} */
    const pipe = await downloads.load(key);
    return (message) => answer(models[key].task, pipe, message);
  };
  return { downloads, load, fillDisk };
}
