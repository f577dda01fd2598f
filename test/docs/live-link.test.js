// The live examples on a static host, which only sends files: the site's service worker limits the speed, breaks the
// connection and hides the file. `npm run docs:build` has made the site before.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import sirv from 'sirv';
import { liveFile } from '../../tools/docs/live-file.js';
import { launch, openPage } from '../e2e/demo/chromium.js';

const site = join(import.meta.dirname, '../../build/site');
const file = liveFile();

let host;
let browser;
let visit;
let page;

before(async () => {
  [host, browser] = await Promise.all([serveSite(), launch()]);
});

after(async () => {
  await browser?.close();
  await host?.close();
});

beforeEach(async () => {
  visit = await openPage(browser);
  ({ page } = visit);
});

afterEach(async () => {
  assert.deepEqual(visit.errors, []);
  await visit.close();
});

/** A static host: it sends the files of the site as they are. */
async function serveSite() {
  const files = sirv(site, { dev: true });
  let gate = Promise.resolve();
  let onWorker;
  const server = createServer(async (request, response) => {
    if (request.url === '/live-worker.js') {
      onWorker?.();
      await gate;
    }
    files(request, response, () => void response.writeHead(404).end('Not found'));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    /** Resolves when the script of the worker is requested, which is sent when `until` resolves. */
    delayWorker(until) {
      gate = until;
      return new Promise((resolve) => (onWorker = resolve));
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Opens a page, and waits until its examples have started. */
async function open(path = 'live.html') {
  await page.goto(new URL(path, host.url).href);
  await examplesStarted();
}

/** The buttons of an example that needs the worker are disabled until then. */
const examplesStarted = () => page.waitForFunction(() => document.querySelector('[data-open]:disabled') === null);

/** The answer to a request of the page, with the time in seconds until its end, or the reason of its failure. */
const request = (query, headers = {}) =>
  page.evaluate(
    async ([address, init]) => {
      const begin = performance.now();
      const response = await fetch(address, { headers: init, cache: 'no-store' });
      const reader = response.body.getReader();
      let bytes = 0;
      let sum = 0;
      let failure;
      try {
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          bytes += part.value.length;
          for (const byte of part.value) sum += byte;
        }
      } catch (error) {
        failure = error.name;
      }
      const { status } = response;
      return { status, headers: Object.fromEntries(response.headers), bytes, sum, failure, seconds: (performance.now() - begin) / 1_000 };
    },
    /** @type {const} */ ([`live/model.bin${query}`, headers]),
  );

const sumOf = (bytes) => bytes.reduce((sum, byte) => sum + byte, 0);
const dialog = () => page.getByRole('dialog');
const inDialog = (name) => dialog().getByRole('button', { name, exact: true });
const row = (key) => page.locator(`model-progress-mini[model-key="${key}"]`);
/** The ranges of the page's requests for a download, `undefined` for a plain one. */
function rangesOf(pattern) {
  const ranges = [];
  page.on('request', (sent) => pattern.test(sent.url()) && ranges.push(sent.headers().range));
  return ranges;
}
const startOf = (range) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);

describe('the service worker of the site', () => {
  it('sends the file, with a length, a type and a strong ETag', async () => {
    await open();
    const { status, headers, bytes, sum } = await request('');
    assert.deepEqual([status, bytes, sum], [200, file.length, sumOf(file)]);
    assert.deepEqual([headers['content-length'], headers.etag, headers['accept-ranges']], [String(file.length), '"live-1"', 'bytes']);
  });

  it('sends a range, and refuses one behind the end', async () => {
    await open();
    const { status, headers, bytes, sum } = await request('', { Range: 'bytes=7000000-' });
    assert.deepEqual([status, headers['content-range'], headers.etag], [206, 'bytes 7000000-7999999/8000000', '"live-1"']);
    assert.deepEqual([bytes, sum], [1_000_000, sumOf(file.subarray(7_000_000))]);
    assert.equal((await request('', { Range: 'bytes=8000000-' })).status, 416);
  });

  it('limits the speed', async () => {
    await open();
    const { bytes, seconds } = await request('?rate=4000000');
    assert.equal(bytes, file.length);
    // The bytes in the first 50 ms may be sent at once. A busy machine is slower.
    assert.ok(seconds > 1.9, `8 MB at 4 MB/s took ${seconds} s`);
  });

  it('breaks the connection', async () => {
    await open();
    const { status, bytes, failure } = await request('?cut=3000000');
    assert.deepEqual([status, failure], [200, 'TypeError']);
    assert.ok(bytes > 2_000_000 && bytes < 3_100_000, `${bytes} bytes`);
  });

  it('hides the file', async () => {
    await open();
    assert.equal((await request('?missing')).status, 404);
  });

  it('leaves every other request to the host', async () => {
    await open();
    // The worker's own answers have no such header.
    const headers = await page.evaluate(async () => Object.fromEntries((await fetch('live.html')).headers));
    assert.match(headers['last-modified'], /GMT$/);
  });

  it('is registered by the pages with live examples only', async () => {
    const registrations = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope));
    await page.goto(new URL('limits.html', host.url).href);
    await page.locator('h1').waitFor();
    await page.waitForLoadState('networkidle');
    assert.deepEqual(await registrations(), []);
    await open('');
    assert.deepEqual(await registrations(), [host.url]);
  });

  it('controls a page that was reloaded without it', async () => {
    await open();
    const session = await page.context().newCDPSession(page);
    const loaded = page.waitForEvent('load');
    // The same as Shift and Reload.
    await session.send('Page.reload', { ignoreCache: true });
    await loaded;
    await examplesStarted();
    assert.equal((await request('?missing')).status, 404);
  });
});

describe('the live examples on a static host', () => {
  it('continue a download after a reload by a range', async () => {
    await open();
    const ranges = rangesOf(/model\.bin\?rate=2000000/);
    await page.getByRole('button', { name: 'Get the model' }).click();
    await inDialog('Download').click();
    await dialog()
      .getByText(/^[3-9]\d\s?%$/)
      .first()
      .waitFor();
    await inDialog('Pause').click();
    await dialog().getByText('Paused').first().waitFor();
    await page.reload();
    await row('steady').getByRole('button', { name: 'Resume' }).click();
    await row('steady').getByText('Ready to use').first().waitFor();
    const starts = ranges.map(startOf);
    assert.equal(starts[0], 0);
    assert.ok(starts.length === 2 && starts[1] > 1_000_000, `began at ${starts.join(', ')}`);
  });

  it('continue the download of the home page after its break, without a click', async () => {
    await open('');
    const ranges = rangesOf(/model\.bin\?rate=1500000/);
    await page.getByRole('button', { name: 'Get the model' }).click();
    await inDialog('Download').click();
    await dialog().getByText('Ready to use').first().waitFor();
    const starts = ranges.map(startOf);
    assert.ok(starts.length === 2 && starts[0] === 0 && starts[1] > 4_000_000, `began at ${starts.join(', ')}`);
  });

  it('start without a service worker, and say that nothing is limited', async () => {
    await page.addInitScript(() => {
      // As on a page over plain HTTP of another host than localhost.
      Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
    });
    await open();
    await page.getByText(/The speed is not limited, no connection breaks/).waitFor();
    await page.getByRole('button', { name: 'Load over an unsteady line' }).click();
    await row('cut').getByText('Ready to use').first().waitFor();
    await open('');
    await page.getByText(/the speed is not limited and the connection does\s+not break/).waitFor();
  });

  it('wait until the worker answers for the page', async () => {
    /** @type {(value?: unknown) => void} */
    let release = () => undefined;
    const workerRequested = host.delayWorker(new Promise((resolve) => (release = resolve)));
    await page.goto(new URL('live.html', host.url).href);
    await workerRequested;
    // The examples are imported meanwhile.
    await page.waitForLoadState('networkidle');
    const isDisabled = await page.locator('[data-open]').first().isDisabled();
    // A request without an answer would keep the browser open.
    release();
    assert.ok(isDisabled);
    await examplesStarted();
    assert.equal((await request('?missing')).status, 404);
  });
});

describe('the lines that install the package', () => {
  it('are copied by their buttons', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await open('');
    const copied = async (name) => {
      await page.getByRole('button', { name }).click();
      // VitePress marks the button.
      await page.locator(`button.copied[title="${name}"]`).waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    assert.equal(await copied('Copy the command'), 'npm install model-download @huggingface/transformers');
    assert.equal(await copied('Copy the tag'), '<script src="https://cdn.jsdelivr.net/npm/model-download"></script>');
  });
});
