// The size of a model before its load and during it, and the bytes that the load has read in the end.
import { arrange } from './arrangements.js';
import { importTransformers } from './transformers.js';

/**
 * @typedef {object} Sizes In bytes.
 * @property {number | undefined} size The size of an estimate.
 * @property {number | undefined} cachedBytes
 * @property {boolean} excludesRuntime
 * @property {string} words The text of the dialog.
 * @property {number[]} totals Every total that was shown while it ran.
 * @property {number} read The bytes that were read in the end, from the network and from this device.
 *
 * @param {any} settings
 * @returns {Promise<import('./visit.js').Outcome & { sizes?: Sizes }>}
 */
export async function sizesVisit(settings) {
  const transformers = await importTransformers(settings);
  await arrange(transformers, settings);
  const { ModelDownloads } = await import('/dist/cdn/model-download.js');
  const downloads = new ModelDownloads({ transformers, models: { model: settings.definition } });
  downloads.connect(document);
  const dialog = Object.assign(document.createElement('model-download-dialog'), { modelKey: 'model' });
  document.body.append(dialog);
  const estimated = new Promise((resolve) =>
    downloads.subscribe('model', ({ excludesRuntime }) => excludesRuntime !== undefined && resolve(undefined)),
  );
  const started = performance.now();
  try {
    // It requests the size automatically.
    dialog.show();
    await estimated;
    await dialog.updateComplete;
    const words = /** @type {HTMLElement} */ (dialog.shadowRoot.querySelector('[part="facts"]')).innerText;
    const { size, cachedBytes, excludesRuntime } = await downloads.estimate('model');
    const totals = new Set();
    const stop = downloads.subscribe('model', ({ status, totalBytes }) => {
      if (status !== 'idle' && totalBytes !== undefined) totals.add(totalBytes);
    });
    await downloads.load('model');
    stop();
    const { totalDownloaded: read } = downloads.getAggregate('model');
    const sizes = { size, cachedBytes, excludesRuntime, words, totals: [...totals], read };
    return { works: true, took: performance.now() - started, sizes };
  } catch (error) {
    return { works: false, took: performance.now() - started, error: String(error?.stack ?? error) };
  }
}
