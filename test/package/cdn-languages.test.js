// The files for a CDN load the texts of a language on demand, from beside the script, and never break the page.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sirv from 'sirv';
import { launch, openPage } from '../e2e/demo/chromium.js';

const dist = sirv(join(import.meta.dirname, '../../dist'), {
  dev: true,
  setHeaders: (response) => response.setHeader('Access-Control-Allow-Origin', '*'),
});

/** The answer of a package host: a file of the package, or the default file for its bare name. */
function answerAsCdn(request, response) {
  const file = request.url.replace(/^\/npm\/model-download(@[^/]+)?/, '').replace(/^\/dist/, '');
  request.url = file || '/cdn/model-download.iife.js';
  dist(request, response, () => response.writeHead(404).end());
}

/** A page whose address contains its language and the script of the elements. */
function answerAsPage({ url }, response) {
  const { searchParams } = new URL(url, 'http://localhost');
  const script = `<script ${searchParams.get('type') ?? ''} src="${searchParams.get('src')}"></script>`;
  const row = '<model-progress-mini model-key="phi"></model-progress-mini>';
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(`<!doctype html><html lang="${searchParams.get('lang')}"><link rel="icon" href="data:,">${script}${row}`);
}

async function listen(answer) {
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  return {
    origin: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`,
    close: () => server.close(),
  };
}

let browser;
let cdn;
let site;

before(async () => {
  [browser, cdn, site] = await Promise.all([launch(), listen(answerAsCdn), listen(answerAsPage)]);
});

after(async () => {
  await browser?.close();
  cdn?.close();
  site?.close();
});

/** Opens a page of another origin with a paused download, and records the list and the texts that it requests. */
async function openIn(lang, { src, type = '', answer = (route) => route.continue() }) {
  const { page, errors, close } = await openPage(browser);
  const asked = [];
  await page.route(/\/((storage-)?languages|(storage-)?texts-[\w-]+)\.js$/, (route) => {
    asked.push(route.request().url().split('/npm/model-download')[1]);
    return answer(route);
  });
  await page.goto(`${site.origin}/?${new URLSearchParams({ lang, type, src: `${cdn.origin}/npm/model-download${src}` })}`);
  await page.evaluate(async () => {
    await customElements.whenDefined('model-progress-mini');
    const state = { modelKey: 'phi', status: 'paused', bytesDownloaded: 1, can: {} };
    document.dispatchEvent(new CustomEvent('model-download-change', { detail: { modelKey: 'phi', state } }));
  });
  return { page, asked, errors, close };
}

/** Adds `<model-storage>` to a page with the classic script, and answers it with an empty device. */
async function addStorage(page) {
  await page.evaluate(async () => {
    const unknown = { usage: undefined, quota: undefined, isPersistent: undefined };
    document.addEventListener('model-storage-query', ({ detail }) =>
      detail.answer(Promise.resolve({ models: [], unmeasured: [], others: [], ...unknown })),
    );
    document.body.append(document.createElement('model-storage'));
    await /** @type {any} */ (globalThis).ModelDownload.defineModelStorage();
  });
}

/** Answers a request of one file by `answer`, and continues the others. */
const only = (name, answer) => (route) => (route.request().url().endsWith(name) ? answer(route) : route.continue());

const module = { type: 'type="module"', src: '@0.1.0/dist/cdn/model-download.js' };

describe('the files for a CDN', () => {
  it('request no texts on a page in English', async () => {
    const { page, asked, errors, close } = await openIn('en-GB', module);
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.waitForLoadState('networkidle');
    assert.deepEqual([asked, errors], [[], []]);
    await close();
  });

  it('request the texts of the page’s language once', async () => {
    const { page, asked, errors, close } = await openIn('de', module);
    await page.getByText('Pausiert', { exact: true }).waitFor();
    assert.deepEqual([asked, errors], [['@0.1.0/dist/cdn/languages.js', '@0.1.0/dist/cdn/texts-de.js'], []]);
    await close();
  });

  for (const form of ['', '@0.1.0/dist/cdn/model-download.iife.js']) {
    it(`find the texts beside a classic script of another origin, as …/model-download${form}`, async () => {
      const { page, asked, errors, close } = await openIn('ja', { src: form });
      await page.getByText('一時停止中', { exact: true }).waitFor();
      const folder = form.replace('/dist/cdn/model-download.iife.js', '');
      assert.deepEqual([asked, errors], [[`${folder}/dist/cdn/languages.js`, `${folder}/dist/cdn/texts-ja.js`], []]);
      await close();
    });
  }

  it('request the texts of <model-storage> with the tag', async () => {
    const { page, asked, errors, close } = await openIn('nl', { src: '@0.1.0/dist/cdn/model-download.iife.js' });
    await page.getByText('Gepauzeerd', { exact: true }).waitFor();
    assert.equal(asked.length, 2);
    await addStorage(page);
    await page.getByText('Er zijn geen modellen opgeslagen op dit apparaat.').waitFor();
    const names = ['languages.js', 'texts-nl.js', 'storage-languages.js', 'storage-texts-nl.js'];
    assert.deepEqual([asked, errors], [names.map((name) => `@0.1.0/dist/cdn/${name}`), []]);
    await close();
  });

  it('request no texts of <model-storage> on a page in English', async () => {
    const { page, asked, errors, close } = await openIn('en-GB', { src: '@0.1.0/dist/cdn/model-download.iife.js' });
    await addStorage(page);
    await page.getByText('No models are stored on this device.').waitFor();
    await page.waitForLoadState('networkidle');
    assert.deepEqual([asked, errors], [[], []]);
    await close();
  });

  it('request no texts for a language that they do not have', async () => {
    const { page, asked, errors, close } = await openIn('eo', module);
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.waitForLoadState('networkidle');
    assert.deepEqual([asked, errors], [['@0.1.0/dist/cdn/languages.js'], []]);
    await close();
  });

  it('use texts of a newer version, and ignore a text that they do not have', async () => {
    const body = "export const texts = { status: { paused: 'En attente' }, later: () => 'Plus tard' };";
    const answer = only('@0.1.0/dist/cdn/texts-fr.js', (route) => route.fulfill({ contentType: 'text/javascript', body }));
    const { page, errors, close } = await openIn('fr', { ...module, answer });
    await page.getByText('En attente', { exact: true }).waitFor();
    assert.equal(await page.locator('model-progress-mini [part=mini]').getAttribute('lang'), 'fr');
    assert.deepEqual(errors, []);
    await close();
  });

  const [list, texts] = ['languages.js', 'texts-fr.js'].map((name) => `@0.1.0/dist/cdn/${name}`);
  const troubles = {
    'and their list cannot be loaded': { asked: [list], answer: (route) => route.abort() },
    'cannot be loaded': { asked: [list, texts], answer: only(texts, (route) => route.abort()) },
    'are of another version': {
      asked: [list, texts],
      answer: only(texts, (route) => route.fulfill({ contentType: 'text/javascript', body: 'export const texts = { status: 7 };' })),
    },
  };
  for (const [trouble, { answer, asked: expected }] of Object.entries(troubles)) {
    it(`leave a page in English if the texts ${trouble}`, async () => {
      const { page, asked, errors, close } = await openIn('fr', { ...module, answer });
      await page.getByText('Paused', { exact: true }).waitFor();
      await page.waitForLoadState('networkidle');
      assert.equal(await page.locator('model-progress-mini [part=mini]').getAttribute('lang'), 'en');
      assert.ok(await page.getByText('Paused', { exact: true }).isVisible());
      assert.deepEqual([asked, errors], [expected, []]);
      await close();
    });
  }
});

describe('model-download.full.iife.js', () => {
  const full = { src: '@0.1.0/dist/cdn/model-download.full.iife.js' };

  for (const [lang, paused] of [
    ['he', 'ההורדה מושהית'],
    ['pt-PT', 'Pausado'],
    ['nl', 'Paused'],
  ]) {
    it(`has “${paused}” for ${lang}, without a request`, async () => {
      const { page, asked, errors, close } = await openIn(lang, full);
      await page.getByText(paused, { exact: true }).waitFor();
      await page.waitForLoadState('networkidle');
      assert.deepEqual([asked, errors], [[], []]);
      await close();
    });
  }

  for (const [lang, title] of [
    ['he', 'המודלים במכשיר הזה'],
    ['pt-PT', 'Nenhum modelo está armazenado neste dispositivo.'],
    ['nl', 'No models are stored on this device.'],
  ]) {
    it(`has “${title}” of <model-storage> for ${lang}, without a request`, async () => {
      const { page, asked, errors, close } = await openIn(lang, full);
      await addStorage(page);
      await page.getByText(title).first().waitFor();
      await page.waitForLoadState('networkidle');
      assert.deepEqual([asked, errors], [[], []]);
      await close();
    });
  }

  it('uses the files of another language that the page registers', async () => {
    const { page, errors, close } = await openIn('nl', full);
    await page.evaluate(async (folder) => {
      const [{ texts }, storage] = await Promise.all([import(`${folder}texts-nl.js`), import(`${folder}storage-texts-nl.js`)]);
      /** @type {any} */ (globalThis).ModelDownload.registerTexts('nl', { ...texts, storage: storage.texts });
    }, `${cdn.origin}/npm/model-download@0.1.0/dist/cdn/`);
    await page.getByText('Gepauzeerd', { exact: true }).waitFor();
    await addStorage(page);
    await page.getByText('Er zijn geen modellen opgeslagen op dit apparaat.').waitFor();
    assert.deepEqual(errors, []);
    await close();
  });
});
