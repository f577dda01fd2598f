// The complete HTML pages of the documentation work unchanged, except for their addresses, which lead to this machine.
import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import { eachWithDemo } from '../e2e/demo/stage.js';
import { answerFromHere } from './internet.js';
import { readSamples } from './samples.js';

const stage = eachWithDemo();
let samples;
let page;

before(async () => {
  samples = await readSamples();
});

beforeEach(async () => {
  ({ page } = stage);
  await answerFromHere(page, stage.demo.hubUrl);
});

/** Opens the first sample of HTML in a page of the documentation. */
async function open(file) {
  const { code } = samples.find((sample) => sample.page === file && sample.language === 'html');
  await page.route(`${stage.demo.url}sample`, (route) => route.fulfill({ contentType: 'text/html', body: code }));
  await page.goto(`${stage.demo.url}sample`);
}

async function download() {
  await page.getByRole('button', { name: 'Get the model' }).click();
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  await page.getByRole('dialog').getByText('Ready to use', { exact: true }).waitFor();
}

describe('an HTML sample', () => {
  it('the sample of the README downloads a model and runs it', async () => {
    await open('README.md');
    await download();
    const label = await page.evaluate(async () => {
      /** @type {(text: string) => Promise<{ label: string }[]>} */
      const classify = await globalThis.downloads.load('mood');
      const [result] = await classify('What a lovely day, I am so happy!');
      return result.label;
    });
    assert.equal(label, 'POSITIVE');
  });

  it('the start page for a script tag is a page that answers', async () => {
    await open('docs/start/script-tag.md');
    await download();
    await page.keyboard.press('Escape');
    await page.getByLabel('Text').fill('What a lovely day, I am so happy!');
    await page.getByRole('button', { name: 'How does it sound?' }).click();
    await page.getByText('POSITIVE', { exact: true }).waitFor();
  });
});
