// The names that each file for a CDN exports, beside those of the package.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as core from 'model-download/core';
import sirv from 'sirv';
import { launch, openPage } from '../e2e/demo/chromium.js';

const files = sirv(join(import.meta.dirname, '../../dist/cdn'), { dev: true });

/** What a page with tags uses, as docs/start/script-tag.md lists it, without the classes of tags and events. */
const SHORT = ['DownloadFailure', 'ModelDownloads', 'defineModelStorage', 'defineModels', 'loadModelWithProgress', 'registerTexts'];

/** What `defineModelStorage()` resolves with. */
const STORAGE = ['ModelStorageElement', 'ModelStoragePersistRequestEvent', 'ModelStorageQueryEvent', 'ModelStorageRemoveRequestEvent'];

let browser;
let server;
let origin = '';
let all = [];

before(async () => {
  browser = await launch();
  server = createServer((request, response) => {
    files(request, response, () => {
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><link rel="icon" href="data:,">');
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  origin = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  all = [...Object.keys(await import('model-download')), 'defineModelStorage', 'defineModels', 'loadModelWithProgress'].sort();
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** The names of a module, or of the global of a classic script. */
async function namesIn(file) {
  const { page, close } = await openPage(browser);
  await page.goto(origin);
  const names = await page.evaluate(async (name) => {
    const address = new URL(name, location.href).href;
    if (!name.endsWith('.iife.js')) return Object.keys(await import(address));
    const script = Object.assign(document.createElement('script'), { src: address });
    await new Promise((resolve) => {
      script.onload = resolve;
      document.head.append(script);
    });
    return Object.keys(/** @type {any} */ (globalThis).ModelDownload);
  }, file);
  await close();
  return names.sort();
}

const isClassOfTagsOrEvents = (name) => /(Element|Event)$/.test(name);

describe('the names of the files for a CDN', () => {
  it('are all of the package in the classic script in one file', async () => {
    assert.deepEqual(await namesIn('model-download.full.iife.js'), all);
  });

  for (const file of ['model-download.js', 'model-download.iife.js']) {
    it(`are what a page with tags uses in ${file}`, async () => {
      const names = await namesIn(file);
      assert.deepEqual(
        names.filter((name) => !isClassOfTagsOrEvents(name)),
        SHORT,
      );
      assert.deepEqual(
        names.filter(isClassOfTagsOrEvents),
        all.filter((name) => isClassOfTagsOrEvents(name) && !STORAGE.includes(name)),
      );
    });
  }

  for (const file of ['model-download.js', 'model-download.iife.js', 'model-download.full.iife.js']) {
    it(`are those of <model-storage> after defineModelStorage() of ${file}`, async () => {
      const { page, close } = await openPage(browser);
      await page.goto(origin);
      const [names, isDefined] = await page.evaluate(async (name) => {
        const address = new URL(name, location.href).href;
        if (name.endsWith('.iife.js')) {
          const script = Object.assign(document.createElement('script'), { src: address });
          await new Promise((resolve) => {
            script.onload = resolve;
            document.head.append(script);
          });
        }
        const { defineModelStorage } = name.endsWith('.iife.js') ? /** @type {any} */ (globalThis).ModelDownload : await import(address);
        // The script in one file has registered it already.
        const before = name.includes('.full.') ? undefined : customElements.get('model-storage');
        const storage = await defineModelStorage();
        return [Object.keys(storage).sort(), !before && customElements.get('model-storage') === storage.ModelStorageElement];
      }, file);
      await close();
      assert.deepEqual(names, STORAGE);
      assert.equal(isDefined, true);
    });
  }

  it('are those of model-download/core in core.js, which has all that the short files lack', async () => {
    const names = await namesIn('core.js');
    assert.deepEqual(names, Object.keys(core).sort());
    const lacking = all.filter((name) => !isClassOfTagsOrEvents(name) && !SHORT.includes(name));
    assert.deepEqual(
      lacking.filter((name) => !names.includes(name)),
      [],
    );
  });
});
