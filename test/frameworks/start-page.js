// The finished project of a start page in a browser: a download that is cut, continues, and ends in a model
// that can be used. It needs no internet connection.
import assert from 'node:assert/strict';
import { answerFromHere } from '../docs/internet.js';
import { cutWhenRead } from '../links/cut-when-read.js';

/** The model of the start pages, and the one of the local hub that replaces it. */
const MODEL = 'Xenova/distilbert-base-uncased-finetuned-sst-2-english';
const STAND_IN = 'local/sentiment';

const WEIGHTS = 'onnx/model_quantized.onnx';

/** Bytes of the weights after which the connection breaks: about half. */
const CUT = 2_000_000;

/** The limit of a step, in ms, on a machine that builds other projects meanwhile. */
const PATIENCE = 120_000;

/**
 * Opens a project's page and downloads its model.
 *
 * @param {Awaited<ReturnType<typeof import('./stage.js').openStage>>} stage
 * @param {string} name Of the project, another for each.
 * @param {string} url
 * @param {(page: import('playwright-core').Page) => Promise<unknown>} [use] Uses the model, or waits for the page's sign that it
 * can be used.
 */
export async function downloadFrom(stage, name, url, use) {
  const visit = await openProject(stage, name, url);
  await visit.goto();
  await downloadOverCut(visit, use);
  await visit.close();
}

/**
 * Opens an empty tab whose requests to the public hub are answered by the local one.
 *
 * @param {Awaited<ReturnType<typeof import('./stage.js').openStage>>} stage
 * @param {string} name
 * @param {string} url Of the project.
 */
export async function openProject(stage, name, url) {
  const link = stage.link(name);
  const { page, errors, close } = await stage.visit();
  page.setDefaultTimeout(PATIENCE);
  /** @type {string[]} */
  const missing = [];
  page.on('response', (response) => {
    if (response.status() === 404 && response.url().startsWith(url)) missing.push(response.url());
  });
  await answerFromHere(page, stage.hub.url);
  const places = { hub: link.url, runtime: stage.runtimeUrl, model: MODEL, standIn: STAND_IN };
  await page.addInitScript(leadHere, places);
  await page.addInitScript(leadWorkersHere, `(${leadHere})(${JSON.stringify(places)})`);
  return {
    page,
    link,
    /** The ranges of the requests for the weights, without version 4's probes for their size. */
    ranges: () =>
      link.log
        .since()
        .filter(({ file, origin, range }) => file === WEIGHTS && origin === 'cdn' && range !== 'bytes=0-0')
        .map(({ range }) => range),
    // A click on a server's HTML has no effect before the page has loaded its scripts and hydrates.
    goto: () => page.goto(url, { waitUntil: 'networkidle' }),
    async close() {
      assert.deepEqual(errors, []);
      assert.deepEqual(missing, []);
      await close();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openProject>>} Visit */

/**
 * Starts the download by the buttons of a start page.
 *
 * @param {Visit} visit
 */
export async function startDownload({ page }) {
  await page.getByRole('button', { name: 'Get the model' }).click();
  await page.getByRole('button', { name: 'Download', exact: true }).click();
}

/**
 * Downloads the model over one cut.
 *
 * @param {Visit} visit
 * @param {(page: import('playwright-core').Page) => Promise<unknown>} [use]
 */
export async function downloadOverCut(visit, use = (page) => page.getByText('The model is ready').waitFor()) {
  const { page, link } = visit;
  await cutWhenRead({ page, control: link.control, bytes: CUT, match: '.onnx', start: () => startDownload(visit) });
  await page.getByRole('dialog').getByText('Ready to use', { exact: true }).waitFor();
  await use(page);
  const ranges = visit.ranges();
  assert.equal(ranges.length, 2, `the weights were asked for once, and once more after the cut: ${ranges.join()}`);
  assert.match(ranges[1] ?? '', /^bytes=[1-9]\d*-$/, 'it went on where it was');
}

/** In the page or a worker, before its scripts: redirects requests to the public hub to the local one, with its faults. */
function leadHere({ hub, runtime, model, standIn }) {
  const { fetch } = globalThis;
  const lead = (/** @type {string} */ address) =>
    address
      .replace('https://huggingface.co/', hub)
      .replace(model, standIn)
      .replace(/^https:\/\/cdn\.jsdelivr\.net\/npm\/onnxruntime-web@[^/]+\/dist\//, runtime);
  globalThis.fetch = (input, init) => fetch(input instanceof Request ? new Request(lead(input.url), input) : lead(String(input)), init);
}

/** In the page, before its scripts: runs `prelude` in each module worker before the worker's own script. */
function leadWorkersHere(prelude) {
  const NativeWorker = globalThis.Worker;
  const blobOf = (/** @type {string} */ code) => URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  globalThis.Worker = class extends NativeWorker {
    constructor(url, options) {
      const imports = [blobOf(prelude), new URL(url, document.baseURI).href];
      super(options?.type === 'module' ? blobOf(imports.map((address) => `import ${JSON.stringify(address)};`).join('\n')) : url, options);
    }
  };
}
