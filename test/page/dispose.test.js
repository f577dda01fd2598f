// 1,000 managers that were made, used and disposed leave a page as it was: its heap, its listeners, its channels.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import sirv from 'sirv';
import { launch, openPage } from '../e2e/demo/chromium.js';

const dist = sirv(join(import.meta.dirname, '../../dist'), { dev: true });
const FILE = 'x'.repeat(10_000);

/** How long the test waits for what ends by itself, in ms. */
const LIMIT = 120_000;

let browser;
let server;

before(async () => {
  browser = await launch();
  server = createServer((request, response) => {
    if (request.url === '/') response.setHeader('Content-Type', 'text/html').end('<!doctype html><link rel="icon" href="data:,">');
    else if (request.url === '/own.bin') response.setHeader('Content-Type', 'application/octet-stream').end(FILE);
    else dist(request, response, () => void response.writeHead(404).end());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
});

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

/** Creates and disposes managers in the page: of five, one idles, one loads, one is paused or about to be, one has loaded, one waits. */
async function live(count) {
  const { ModelDownloads } = await import('/cdn/model-download.js');
  const load = async ({ fetch, signal }) => (await fetch('/own.bin', { signal })).text();
  const endless = () => new Promise(() => undefined);
  for (let index = 0; index < count; index++) {
    const models = { own: { load }, endless: { load: endless }, other: { load: endless } };
    const downloads = new ModelDownloads({ models, wakeLock: true, concurrency: 1, notifications: { title: () => 'Loading' } });
    downloads.connect(document);
    const kind = index % 5;
    if (kind === 1) downloads.load('own').catch(() => undefined);
    if (kind === 2) {
      downloads.load('own').catch(() => undefined);
      downloads.pause('own');
    }
    // Most of the time of this test is a download's.
    if (kind === 3 && index % 50 === 3) await downloads.load('own');
    if (kind === 4) for (const key of ['endless', 'other']) downloads.load(key).catch(() => undefined);
    downloads.dispose();
  }
}

it('leaves heap, listeners and channels flat', async () => {
  const { page, errors, close } = await openPage(browser);
  await page.addInitScript(() => {
    const Platform = globalThis.BroadcastChannel;
    globalThis.openChannels = 0;
    globalThis.BroadcastChannel = class extends Platform {
      constructor(name) {
        super(name);
        globalThis.openChannels += 1;
      }
      /** @override */
      close() {
        globalThis.openChannels -= 1;
        super.close();
      }
    };
  });
  await page.goto(`http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const measure = async () => {
    for (let turn = 0; turn < 3; turn++) await devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    const valueOf = (name) => metrics.find((metric) => metric.name === name).value;
    return {
      listeners: valueOf('JSEventListeners'),
      heap: valueOf('JSHeapUsedSize'),
      channels: await page.evaluate(() => globalThis.openChannels),
    };
  };
  // Modules and objects that are created once for each page.
  await page.evaluate(live, 1_000);
  let before = await measure();
  // What a disposed manager still waits for ends by itself, on a busy machine after the last `dispose`; a leak does not end.
  for (let next = await measure(); next.listeners < before.listeners; next = await measure()) before = next;
  await page.evaluate(live, 1_000);
  let after = await measure();
  // Time limits and the unused hash worker end after seconds.
  const end = performance.now() + LIMIT;
  while (after.listeners > before.listeners && performance.now() < end) after = await measure();
  await close();
  assert.deepEqual(errors, []);
  assert.equal(before.channels, 0);
  assert.equal(after.channels, 0);
  assert.ok(after.listeners <= before.listeners, `listeners: ${before.listeners} before, ${after.listeners} after`);
  const grown = (after.heap - before.heap) / 1_000;
  assert.ok(grown < 1_000, `${Math.round(grown)} bytes of heap are left of each manager`);
});
