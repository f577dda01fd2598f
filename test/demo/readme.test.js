// The HTML that opens the README works as it stands: only the addresses lead to this machine.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startDemo } from '../../demo/serve.js';
import { launch, openPage } from './chromium.js';

const root = join(import.meta.dirname, '../..');
const runtime = 'node_modules/transformers-v4/node_modules/onnxruntime-web/dist';

/** Address on the internet → file of this project, or address of the local hub. */
const files = [
  [/^\/npm\/model-download$/, () => 'dist/cdn/model-download.iife.js'],
  [/^\/npm\/@huggingface\/transformers@4$/, () => 'node_modules/transformers-v4/dist/transformers.min.js'],
  [/^\/npm\/onnxruntime-web@[^/]+\/dist\/(.+)$/, (name) => `${runtime}/${name}`],
];

let demo;
let browser;

before(async () => {
  [demo, browser] = await Promise.all([startDemo(), launch()]);
});

after(async () => {
  await browser?.close();
  await demo?.close();
});

async function answerFromHere(route) {
  const { hostname, pathname } = new URL(route.request().url());
  if (hostname === 'huggingface.co') {
    const file = pathname.split('/resolve/main/')[1];
    const response = await fetch(`${demo.hubUrl}/local/sentiment/resolve/main/${file}`);
    const headers = { 'access-control-allow-origin': '*', 'content-length': response.headers.get('content-length') ?? '0' };
    return route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) });
  }
  for (const [pattern, fileOf] of files) {
    const match = pattern.exec(pathname);
    if (!match) continue;
    const path = join(root, fileOf(match[1]));
    const contentType = path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
    return route.fulfill({ path, contentType, headers: { 'access-control-allow-origin': '*' } });
  }
  return route.continue();
}

describe('the README', () => {
  it('opens with HTML that downloads a model and runs it', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    const snippet = /```html\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const { page, errors, close } = await openPage(browser);
    await page.route('**/*', answerFromHere);
    await page.route(`${demo.url}readme`, (route) => route.fulfill({ contentType: 'text/html', body: snippet }));
    await page.goto(`${demo.url}readme`);
    await page.getByRole('button', { name: 'Get the model' }).click();
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    await page.getByRole('dialog').getByText('Ready to use', { exact: true }).waitFor();
    const label = await page.evaluate(async () => {
      const classify = await globalThis.downloads.load('mood');
      const [result] = await classify('What a lovely day, I am so happy!');
      return result.label;
    });
    assert.equal(label, 'POSITIVE');
    assert.deepEqual(errors, []);
    await close();
  });
});
