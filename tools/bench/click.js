// The time from a click to the first request of a download: with the engine beside the entry, and with everything in one file.
import { alternate, compare, difference, median } from './rounds.js';
import { spread } from './words.js';

/** The latency of every request, in ms. */
const latency = 80;

/** The most that a click in the dialog may cost more than with everything in one file, in ms. */
const budget = 20;

const files = /** @type {const} */ (['model-download.iife.js', 'model-download.full.iife.js']);

const starts = {
  'Download in the dialog': 'dialog',
  'a button of the page that calls load()': 'load',
};

/** @type {import('./measures.js').Measure} */
export async function click(lab, rounds) {
  const rows = [];
  const breaches = [];
  for (const [name, start] of Object.entries(starts)) {
    const [cut, full] = files.map((file) => () => timeToRequest(lab, file, start));
    const results = await alternate(2 * rounds, { cut, full });
    const added = compare(results.cut, results.full, difference);
    const isDue = start === 'dialog';
    rows.push([
      name,
      ...[results.full, results.cut].map(milliseconds),
      spread(added, 0, 1, ' ms'),
      isDue ? `at most ${budget} ms` : 'none',
    ]);
    if (isDue && !(added.median <= budget))
      breaches.push(`Click in the dialog: ${added.median.toFixed(0)} ms more, more than ${budget} ms`);
  }
  const title = `From a click to the first request of the model, nothing cached, latency of ${latency} ms`;
  return { title, head: ['click on', 'one file', 'entry and engine', 'added', 'budget'], rows, breaches };
}

/**
 * @param {import('./lab.js').Lab} lab
 * @param {string} file The classic script.
 * @param {string} start What the click does.
 */
function timeToRequest(lab, file, start) {
  const address = lab.addressAt(0);
  return lab.inPage('', async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: -1, uploadThroughput: -1 });
    await page.route('**/click.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><link rel="icon" href="data:,"><model-download-dialog model-key="file"></model-download-dialog>
          <script src="/dist/cdn/${file}"></script>`,
      }),
    );
    await page.goto(new URL('click.html', page.url()).href);
    return page.evaluate(clickAndWait, { address, start });
  });
}

/**
 * Runs in the page. Resolves with the milliseconds from the click to the first request of the model.
 *
 * @param {{ address: string, start: string }} run
 */
async function clickAndWait({ address, start }) {
  const { fetch } = globalThis;
  /** @type {Promise<number>} */
  const requested = new Promise((resolve) => {
    globalThis.fetch = (input, init) => {
      if (new Request(input).url === address) resolve(performance.now());
      return fetch(input, init);
    };
  });
  const load = async (/** @type {{ fetch: typeof fetch }} */ context) => (await context.fetch(address)).arrayBuffer();
  const downloads = new /** @type {any} */ (globalThis).ModelDownload.ModelDownloads({ models: { file: { load } }, storage: null });
  downloads.connect();
  if (start === 'load') {
    const began = performance.now();
    downloads.load('file').catch(() => undefined);
    return (await requested) - began;
  }
  const dialog = document.querySelector('model-download-dialog');
  dialog.show();
  const button = await new Promise((resolve) => {
    const look = () => {
      const found = dialog.shadowRoot.querySelector('[part~=start]');
      if (found) resolve(found);
      else requestAnimationFrame(look);
    };
    look();
  });
  const began = performance.now();
  button.click();
  return (await requested) - began;
}

/** @param {readonly number[]} times */
const milliseconds = (times) => `${median(times).toFixed(0)} ms`;
