// A connection or a script that the page's policy blocks is reported with its directive and its host.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launch, PATIENCE } from '../demo/chromium.js';

const cdn = join(import.meta.dirname, '../../../dist/cdn');
const html = '<!doctype html><meta charset="utf-8"><title>Blocked</title><script type="module" src="/page.js"></script>';
const script = `import { ModelDownloads } from '/model-download.js';
const transformers = () => import('https://cdn.example/transformers.js');
const task = { name: 'Of a CDN', task: 'text-generation', model: 'a/b' };
const load = async ({ fetch }) => (await fetch('https://hub.example/model.bin')).arrayBuffer();
const models = { own: { name: 'Own', load }, cdn: task };
for (const [kind, transfer] of [['own', true], ['own', false], ['cdn', true], ['cdn', false]]) {
  const key = kind + ', ' + transfer;
  const downloads = new ModelDownloads({ transformers, models: { [key]: models[kind] }, storage: null, transfer, recovery: 'ask' });
  downloads.connect(document);
  downloads.subscribe(key, ({ status, failureCode, error, can }) => {
    if (status === 'failed') (globalThis.failures ??= []).push({ kind, failureCode, error, retry: can.retry });
  });
  downloads.load(key).catch(() => undefined);
}`;

let server;
let browser;

before(async () => {
  server = createServer(async ({ url }, response) => {
    const policy = "default-src 'none'; script-src 'self'; connect-src 'self'";
    if (url === '/') return response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': policy }).end(html);
    const body = url === '/page.js' ? script : await readFile(join(cdn, basename(url ?? ''))).catch(() => undefined);
    response.writeHead(body ? 200 : 404, { 'Content-Type': 'text/javascript' }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

describe('a request or a script that the policy blocks', () => {
  it('fails as blocked, with and without the transfer layer', async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => globalThis.failures?.length === 4);
    for (const { kind, failureCode, error, retry } of await page.evaluate(() => globalThis.failures)) {
      assert.equal(failureCode, 'blocked');
      assert.match(error, kind === 'own' ? /hub\.example.*connect-src/ : /cdn\.example.*script-src/);
      assert.equal(retry, false);
    }
    await page.close();
  });
});
