// Names that are too long for 240 px: a Latin name is truncated in right-to-left text as in left-to-right text, with an ellipsis.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { storageStates } from '../../../demo/site/storage-states.js';
import { PATIENCE } from '../demo/chromium.js';
import { openLab } from './states-page.js';

const lab = openLab();

const report = storageStates['long-name'];
const { modelName } = report.models[0];

/** The pictures of the truncated names in a page of a language, by the part that contains each. */
async function pictures(lang, shown) {
  const context = await lab.browser.newContext({ viewport: { width: 240, height: 1_200 }, colorScheme: 'light', reducedMotion: 'reduce' });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  await page.goto(lab.url);
  await page.evaluate(show, { lang, report, modelName, fileName: `${modelName}.onnx` });
  await page.locator(`model-storage [part=storage][lang="${lang}"] [part=name]`).first().waitFor();
  await page.locator(`model-progress-mini [part=mini][lang="${lang}"]`).waitFor();
  const shots = new Map();
  const take = async (name) => {
    const text = page.locator(name).first();
    const { scrollHeight, clientHeight, direction } = await text.evaluate((element) => {
      const { scrollHeight, clientHeight } = element;
      return { scrollHeight, clientHeight, direction: getComputedStyle(element).direction };
    });
    assert.equal(direction, 'ltr', name);
    assert.ok(scrollHeight > clientHeight, `${name} is truncated`);
    shots.set(name, await text.screenshot({ animations: 'disabled' }));
  };
  for (const name of shown.page) await take(name);
  await page.locator('model-download-dialog').evaluate((element) => element.toggleAttribute('open', true));
  await page.locator(`model-download-dialog [part=dialog][lang="${lang}"]`).waitFor();
  await page.locator('model-download-dialog [part=toggle]').click();
  for (const name of shown.dialog) await take(name);
  await context.close();
  return shots;
}

/** Shows each tag that has a name. */
async function show({ lang, report, modelName, fileName }) {
  document.documentElement.lang = lang;
  document.documentElement.dir = lang === 'he' ? 'rtl' : 'ltr';
  document.addEventListener('model-storage-query', ({ detail }) => detail.answer(Promise.resolve(report)));
  const library = await import(new URL('/model-download.js', location.href).href);
  await library.defineModelStorage();
  const main = document.querySelector('main');
  main?.replaceChildren(
    ...['model-progress-mini', 'model-storage'].map((tag) => {
      const element = document.createElement(tag);
      if (tag !== 'model-storage') element.setAttribute('model-key', 'phi');
      return element;
    }),
  );
  const can = { pause: false, resume: true, cancel: true, retry: false, restart: false };
  const size = { bytesDownloaded: 50e6, totalBytes: 100e6 };
  const state = { modelKey: 'phi', modelName, status: 'paused', lastUpdate: 0, attempt: 0, maxAttempts: 3, progress: 50, can, ...size };
  const file = { file: fileName, status: 'download', progress: 50, loaded: 50e6, total: 100e6, cached: false };
  const aggregate = { status: 'download', overallProgress: 50, filesCompleted: 0, totalFiles: 1, files: [file], totalIsExact: true };
  const detail = {
    modelKey: 'phi',
    state,
    aggregate: { ...aggregate, totalDownloaded: 50e6, totalSize: 100e6 },
    previousStatus: undefined,
  };
  document.dispatchEvent(new CustomEvent('model-download-change', { detail }));
}

describe('a truncated name', () => {
  it('looks the same in right-to-left text, with its ellipsis', async () => {
    const shown = {
      page: ['model-storage [part=name] .text', 'model-progress-mini [part=title] .text'],
      dialog: ['model-download-dialog [part=title] .text', 'model-download-dialog [part~=file-name]'],
    };
    const [expected, actual] = [await pictures('en', shown), await pictures('he', shown)];
    for (const [name, picture] of expected) assert.ok(picture.equals(actual.get(name)), name);
  });
});
