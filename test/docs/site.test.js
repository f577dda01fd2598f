// The site of the documentation as `npm run docs` serves it; `npm run docs:build` has made it before.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { liveFile } from '../../tools/docs/live-file.js';
import { serveDocs } from '../../tools/docs/serve.js';
import { launch, openPage } from '../e2e/demo/chromium.js';

const site = join(import.meta.dirname, '../../build/site');

let docs;
let browser;
let visit;
let page;
/** The errors that the page logged, and its failed requests. */
let troubles;

before(async () => {
  [docs, browser] = await Promise.all([serveDocs(), launch()]);
});

after(async () => {
  await browser?.close();
  await docs?.close();
});

beforeEach(async () => {
  visit = await openPage(browser);
  ({ page } = visit);
  troubles = [];
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  page.on('response', (response) => response.status() < 400 || troubles.push(`${response.status()} ${response.url()}`));
  page.on(
    'request',
    (request) => request.url().startsWith(docs.url) || request.url().startsWith('blob:') || troubles.push(`asks for ${request.url()}`),
  );
});

afterEach(async () => {
  assert.deepEqual([...visit.errors, ...troubles], []);
  await visit.close();
});

const open = (path) => page.goto(new URL(path, docs.url).href);
/** Removes the errors that a test causes on purpose, and returns their number. */
function expected(pattern) {
  const others = troubles.filter((words) => !pattern.test(words));
  return troubles.length - (troubles = others).length;
}

const dialog = () => page.getByRole('dialog');
const inDialog = (name) => dialog().getByRole('button', { name, exact: true });
const row = (key) => page.locator(`model-progress-mini[model-key="${key}"]`);
const recovery = (key) => page.locator(`download-recovery[model-key="${key}"]`);

/** The live page, once its examples run. */
async function openLive() {
  await open('live.html');
  await page.locator('select option').first().waitFor({ state: 'attached' });
}

describe('the site', () => {
  it('has pages that open without an error, and send no request to another server', async () => {
    const files = (await readdir(site, { recursive: true })).filter((name) => name.endsWith('.html') && name !== '404.html');
    assert.ok(files.length > 30, `${files.length} pages`);
    for (const file of files) {
      await open(file);
      await page.locator('h1').first().waitFor();
    }
  });

  it('contains the file of its examples, for a static host', async () => {
    const file = await readFile(join(site, 'live/model.bin'));
    assert.ok(file.equals(liveFile()));
  });

  it('has links that lead to existing pages and headings', async () => {
    await open('reference/elements.html');
    await page.getByRole('link', { name: 'model-download-dialog' }).first().click();
    await page.waitForURL(/#model-download-dialog$/);
    await page.locator('h2#model-download-dialog').waitFor();
  });
});

describe('the live examples', () => {
  it('download a file, which pauses, continues in a row after the dialog is closed, and completes', async () => {
    await openLive();
    await page.getByRole('button', { name: 'Get the model' }).click();
    await inDialog('Download').click();
    await dialog()
      .getByText(/^\d+\s?%$/)
      .first()
      .waitFor();
    await inDialog('Pause').click();
    await dialog().getByText('Paused').first().waitFor();
    await inDialog('Resume').click();
    await inDialog('Continue in background').click();
    await row('steady').getByRole('progressbar').waitFor();
    await row('steady').getByText('Ready to use').first().waitFor();
  });

  it('recover from a broken connection with the stored bytes', async () => {
    await openLive();
    const ranges = [];
    page.on('request', (request) => request.url().includes('cut=') && ranges.push(request.headers().range));
    await page.getByRole('button', { name: 'Load over an unsteady line' }).click();
    const retry = async () => {
      const button = recovery('cut').getByRole('button', { name: 'Retry' });
      // The button belongs to the next attempt only once this one has started.
      await Promise.all([page.waitForRequest(/cut=/), button.click()]);
    };
    await retry();
    await retry();
    await row('cut').getByText('Ready to use').first().waitFor();
    // The first request is plain.
    const starts = ranges.map((range) => (range === undefined ? 0 : Number(/^bytes=(\d+)-$/.exec(range)?.[1])));
    assert.equal(starts.length, 3);
    assert.ok(starts[0] === 0 && starts[1] > 2_000_000 && starts[2] > starts[1], `began at ${starts.join(', ')}`);
  });

  it('recover from a missing file, once it exists', async () => {
    await openLive();
    await page.getByRole('button', { name: 'Load what is missing' }).click();
    await recovery('missing').getByText('The model or one of its files was not found', { exact: true }).waitFor();
    assert.ok(expected(/\b404\b/) > 0, 'the browser logs that the file is missing');
    await page.getByLabel('The file is there').check();
    await recovery('missing').getByRole('button', { name: 'Retry' }).click();
    await row('missing').getByText('Ready to use').first().waitFor();
  });

  it('show every state', async () => {
    await openLive();
    const statuses = await page.locator('select option').allTextContents();
    assert.equal(statuses.length, 11);
    for (const status of statuses) {
      await page.getByLabel('Status').selectOption(status);
      await page.locator(`model-download-dialog[model-key="example"]:state(${status})`).waitFor({ state: 'attached' });
    }
  });
});
