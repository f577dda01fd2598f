// <model-storage> in the demo, with real models of the local hub: what is on this device, delete, undo, and resume.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { until } from '../../links/support.js';
import { eachWithDemo } from './stage.js';

const stage = eachWithDemo();
let page;

beforeEach(() => {
  ({ page } = stage);
});

const row = (name) => page.locator('model-storage [part=model]').filter({ hasText: name });
const button = (name) => page.locator('model-storage').getByRole('button', { name, exact: true });
const announced = (text) => page.locator('model-storage').getByText(text, { exact: true }).waitFor({ state: 'attached' });

/** Moves the pointer out of the row, in which the time for Undo does not run. */
const leaveRow = () => page.mouse.move(0, 0);

async function setLink(controls) {
  await fetch(new URL('/__hub/control', stage.demo.hubUrl), { method: 'POST', body: JSON.stringify(controls) });
}

async function open() {
  await page.goto(stage.demo.url);
  await isDrawn();
}

async function isDrawn() {
  // The faults draw last, and drawing them resets the link.
  await page.locator('#faults').getByRole('switch').last().waitFor();
  // It reads the storage when it is in view.
  await page.locator('model-storage').scrollIntoViewIfNeeded();
}

async function download(name) {
  await page.locator('#models').getByRole('button', { name }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Download', exact: true }).click();
}

/** Downloads the small model, and visits the page again, which has not loaded it. */
async function visitWithModel() {
  await open();
  await setLink({ bandwidth: 0 });
  await download('Tiny Chat');
  await page.getByText('I am ready. Write a message.').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('model-storage').scrollIntoViewIfNeeded();
  await row('Tiny Chat').getByText('In use', { exact: true }).waitFor();
  assert.equal(await button('Delete: Tiny Chat').count(), 0, 'a model in use has no Delete');
  await visitAgain();
}

/** The time of the page can be moved from here on. */
async function visitAgain() {
  await page.clock.install();
  await page.reload();
  await isDrawn();
  await row('Tiny Chat').getByText('Complete', { exact: true }).waitFor();
}

/** The files of the small model in the cache of Transformers.js. */
const storedFiles = () =>
  page.evaluate(async () => {
    const requests = await (await caches.open('transformers-cache')).keys();
    return requests.filter(({ url }) => url.includes('tiny-chat')).length;
  });

/** The complete segments of the model that is being downloaded. Those of the runtime's file belong to no model. */
const storedSegments = () =>
  page.evaluate(async () => {
    const cache = await caches.open('model-download-partial-v1');
    const keys = (await cache.keys()).filter(({ url }) => decodeURIComponent(url).includes('medium-chat'));
    const parts = await Promise.all(keys.map(async (key) => (await (await cache.match(key))?.blob())?.size ?? 0));
    return parts.filter((size) => size > 4_000_000).length;
  });

describe('the models on this device', () => {
  it('are deleted 10 s after Delete, unless the visitor presses Undo', async () => {
    await visitWithModel();
    await row('Tiny Chat').getByText('Last used: today').waitFor();
    assert.ok((await storedFiles()) > 0);
    await button('Delete: Tiny Chat').click();
    await page.clock.runFor(5_000);
    await button('Undo: Tiny Chat').click();
    await page.clock.runFor(20_000);
    await row('Tiny Chat').getByText('Complete', { exact: true }).waitFor();
    assert.ok((await storedFiles()) > 0);

    await button('Delete: Tiny Chat').click();
    await leaveRow();
    await page.clock.runFor(11_000);
    await announced('Tiny Chat: Deleted');
    await row('Tiny Chat').waitFor({ state: 'detached' });
    assert.equal(await storedFiles(), 0);
  });

  it('stay if the page is left before the 10 s have passed', async () => {
    await visitWithModel();
    await button('Delete: Tiny Chat').click();
    await leaveRow();
    await page.clock.runFor(8_000);
    await button('Undo: Tiny Chat').waitFor();
    await visitAgain();
    assert.ok((await storedFiles()) > 0);
  });

  it('stay if the page refuses the request', async () => {
    await visitWithModel();
    await page.evaluate(() => document.addEventListener('model-storage-remove-request', (event) => event.preventDefault()));
    await button('Delete: Tiny Chat').click();
    await leaveRow();
    await page.clock.runFor(11_000);
    await row('Tiny Chat').getByText('Not deleted', { exact: true }).waitFor();
    assert.ok((await storedFiles()) > 0);
  });

  it('have a button that resumes an unfinished download of an earlier visit', async () => {
    await open();
    await setLink({ bandwidth: 4_000_000 });
    await download('Medium Chat');
    await until('a stored segment of the model', storedSegments);
    await setLink({ bandwidth: 100_000 });
    await page.reload();
    await isDrawn();
    await row('Medium Chat').getByText('Unfinished', { exact: true }).waitFor();
    await row('Medium Chat')
      .getByText(/^[\d.]+\sMB of 11\.6\sMB$/)
      .waitFor();
    await setLink({ bandwidth: 0 });
    await button('Resume: Medium Chat').click();
    await page.getByText('I am ready. Write a message.').waitFor();
    await row('Medium Chat').getByText('In use', { exact: true }).waitFor();
  });
});

describe('the storage of the site', () => {
  it('has a button that asks the browser to keep the data, and lists the caches of other runtimes without buttons', async () => {
    await open();
    await page.evaluate(async () => {
      const webLlm = await caches.open('webllm/model');
      await webLlm.put('/params_shard_0.bin', new Response(new Uint8Array(3_000_000), { headers: { 'Content-Length': '3000000' } }));
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('cache', { create: true });
      const file = await folder.getFileHandle(`${'a'.repeat(40)}_model.gguf`, { create: true });
      const writable = await file.createWritable();
      await writable.write(new Uint8Array(2_000_000));
      await writable.close();
    });
    await page.reload();
    await isDrawn();
    const storage = page.locator('model-storage');
    for (const [software, size] of [
      ['WebLLM', '3.0 MB'],
      ['wllama', '2.0 MB'],
    ]) {
      const other = storage.locator('.other').filter({ hasText: software });
      await other.getByText(size, { exact: true }).waitFor();
      assert.equal(await other.getByRole('button').count(), 0);
    }
    await storage.getByText(/^This site uses .+ The browser allows it up to .+\.$/).waitFor();
    await button('Keep this data').click();
    const isKept = await page.evaluate(() => navigator.storage.persist());
    await storage
      .locator('[part=persistence]')
      .filter({ hasText: isKept ? 'The browser keeps this data until you delete it.' : 'The browser did not agree.' })
      .waitFor();
  });
});
