// What a page with tags loads from the files for a CDN, when, and what happens if a chunk does not come.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sirv from 'sirv';
import { detailOf, states } from '../../demo/site/states.js';
import { launch, openPage } from '../e2e/demo/chromium.js';

const dist = sirv(join(import.meta.dirname, '../../dist'), {
  dev: true,
  setHeaders: (response) => response.setHeader('Access-Control-Allow-Origin', '*'),
});

/** Answers as a host of packages: a file of the package, or the one that the package's name stands for. */
function answerAsCdn(request, response) {
  const file = request.url.replace(/^\/npm\/model-download(@[^/]+)?/, '').replace(/^\/dist/, '');
  request.url = file || '/cdn/model-download.iife.js';
  dist(request, response, () => response.writeHead(404).end());
}

/** A page with a dialog and a model whose loader resolves at once. */
const pageWith = (script) => `<!doctype html><link rel="icon" href="data:,">
  <model-download-dialog model-key="own"></model-download-dialog>
  <model-progress-mini model-key="own"></model-progress-mini>
  ${script}`;

const start = `
  globalThis.start = ({ ModelDownloads }) => {
    const models = { own: { name: 'Own', load: async () => 'a model', files: [] } };
    globalThis.downloads = new ModelDownloads({ models, storage: null, automaticAttempts: 0 });
    downloads.connect();
  };`;

const scripts = {
  'a classic script': (address) => `<script src="${address}.iife.js"></script><script>${start} start(ModelDownload);</script>`,
  'a module': (address) => `<script type="module">${start} start(await import('${address}.js'));</script>`,
  'a classic script by the short form of its address': (address) =>
    `<script src="${address.replace('/dist/cdn/model-download', '')}"></script><script>${start} start(ModelDownload);</script>`,
};

async function listen(answer) {
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

let browser;
let cdn;
let site;
let markup = '';

before(async () => {
  [browser, cdn, site] = await Promise.all([
    launch(),
    listen(answerAsCdn),
    listen((_, response) => response.setHeader('Content-Type', 'text/html').end(markup)),
  ]);
});

after(async () => {
  await browser?.close();
  cdn?.close();
  site?.close();
});

/** Opens a page, and records the names of the files that it requests from the CDN. */
async function open(scriptOf, { file = '@0.1.0/dist/cdn/model-download', answer = (route) => route.continue() } = {}) {
  const { page, errors, close } = await openPage(browser);
  const requested = [];
  await page.route(`${cdn.origin}/**`, (route) => {
    requested.push(route.request().url().split('/').at(-1));
    return answer(route);
  });
  markup = pageWith(scriptOf(`${cdn.origin}/npm/model-download${file}`));
  await page.goto(site.origin);
  await page.waitForFunction(() => globalThis.downloads !== undefined);
  return { page, errors, close, chunks: () => requested.filter((name) => /^[a-z-]+\.js/.test(name) && !name.startsWith('model-download')) };
}

describe('the choice between variants', () => {
  it('is drawn when the update of the dialog is complete, though it is imported for that', async () => {
    const { page, errors, close } = await open(scripts['a module']);
    await page.route('**/variant-choice.js', async (route) => {
      // Until then, an update that did not wait for this import would be complete.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      await route.fallback();
    });
    const isDrawn = await page.evaluate(async (detail) => {
      /** @type {any} */
      const dialog = document.querySelector('model-download-dialog');
      dialog.modelKey = detail.modelKey;
      await dialog.updateComplete;
      document.dispatchEvent(new CustomEvent('model-download-change', { detail }));
      // Imports the views, which import the choice.
      dialog.open = true;
      await dialog.updateComplete;
      return dialog.shadowRoot.querySelector('[part~="variants"]') !== null;
    }, detailOf(states['idle-variants']));
    assert.deepEqual([isDrawn, errors], [true, []]);
    await close();
  });
});

for (const [kind, scriptOf] of Object.entries(scripts)) {
  describe(`the files for a CDN, by ${kind}`, () => {
    it('load no chunk before a dialog opens, and all that a download needs then', async () => {
      const { page, errors, close, chunks } = await open(scriptOf);
      await page.waitForLoadState('networkidle');
      assert.deepEqual(chunks(), []);
      await page.evaluate(() => document.querySelector('model-download-dialog').show());
      await page.getByRole('button', { name: 'Download' }).waitFor();
      await page.waitForLoadState('networkidle');
      assert.deepEqual(chunks().sort(), ['device.js', 'engine.js', 'views.js']);
      await page.getByRole('button', { name: 'Download' }).click();
      await page.getByText('Ready to use').first().waitFor();
      assert.deepEqual([chunks().length, errors], [3, []]);
      await close();
    });

    it('fail clearly when the engine does not come, and load it again with the next attempt', async () => {
      let isThere = false;
      const answer = (route) => (isThere || !route.request().url().includes('engine.js') ? route.continue() : route.abort());
      const { page, close } = await open(scriptOf, { answer });
      const { message, state } = await page.evaluate(async () => {
        const error = await globalThis.downloads.load('own').catch((cause) => cause);
        return { message: /** @type {Error} */ (error).message, state: globalThis.downloads.getState('own') };
      });
      assert.match(message, /could not be imported/);
      assert.deepEqual([state.status, state.failureCode, state.can.retry], ['failed', 'network', true]);
      isThere = true;
      assert.equal(await page.evaluate(() => globalThis.downloads.load('own')), 'a model');
      await close();
    });
  });
}

describe('a first load and a prefetch whose engine does not come', () => {
  it('are repeated by a retry as a load, which downloads the files, too', async () => {
    let isThere = false;
    const answer = (route) => (isThere || !route.request().url().includes('engine.js') ? route.continue() : route.abort());
    const { page, close } = await open(scripts['a module'], { answer });
    await page.evaluate(async () => {
      const transformers = { env: { version: '4.0.0' }, pipeline: async () => 'a pipeline' };
      const models = { chat: { task: 'text-generation', model: 'local/chat', files: [] } };
      const ModelDownloads = /** @type {typeof import('model-download').ModelDownloads} */ (globalThis.downloads.constructor);
      globalThis.chats = new ModelDownloads({ models, transformers, storage: null, transfer: false, automaticAttempts: 0 });
      await Promise.allSettled([globalThis.chats.load('chat'), globalThis.chats.prefetch('chat')]);
    });
    isThere = true;
    await page.evaluate(() => globalThis.chats.retry('chat'));
    await page.waitForFunction(() => globalThis.chats.getState('chat').status === 'completed');
    await close();
  });
});

describe('model-download.full.iife.js', () => {
  it('loads a model without another file', async () => {
    const { page, errors, close, chunks } = await open(
      (address) => `<script src="${address}"></script><script>${start} start(ModelDownload);</script>`,
      { file: '/dist/cdn/model-download.full.iife.js' },
    );
    assert.equal(await page.evaluate(() => globalThis.downloads.load('own')), 'a model');
    await page.evaluate(() => document.querySelector('model-download-dialog').show());
    await page.getByText('Ready to use').first().waitFor();
    await page.waitForLoadState('networkidle');
    assert.deepEqual([chunks(), errors], [[], []]);
    await close();
  });
});

describe('the chunks', () => {
  it('have brackets around their functions, which V8 then parses once only', async () => {
    const folder = join(import.meta.dirname, '../../dist/cdn');
    const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
    const codes = await Promise.all(names.map(async (name) => ({ name, code: await readFile(join(folder, name), 'utf8') })));
    const chunks = codes.filter(({ code }) => /^export default.*function/m.test(code));
    for (const { name, code } of chunks) assert.match(code, /^export default ?\(async function\(/m, name);
    const found = chunks.map(({ name }) => name);
    for (const name of ['device.js', 'engine.js', 'views.js']) assert.ok(found.includes(name), name);
  });
});
