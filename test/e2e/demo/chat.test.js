// The demo as a visitor uses it, in a real browser: mostly by keyboard alone.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { eachWithDemo } from './stage.js';

const stage = eachWithDemo();
let page;

beforeEach(() => {
  ({ page } = stage);
});

async function open(version = 4, place = '') {
  await page.goto(`${stage.demo.url}?version=${version}${place}`);
  await isDrawn();
}

async function isDrawn() {
  await model('Tiny Chat').waitFor();
  // The faults draw last, and drawing them resets the link.
  await page.locator('#faults').getByRole('switch').last().waitFor();
}

const model = (name) => page.locator('#models').getByRole('button', { name });
const dialog = () => page.getByRole('dialog');
const inDialog = (name) => dialog().getByRole('button', { name, exact: true });
const mini = (key) => page.locator(`model-progress-mini[model-key="${key}"]`);

async function setLink(controls) {
  await fetch(new URL('/__hub/control', stage.demo.hubUrl), { method: 'POST', body: JSON.stringify(controls) });
}

/** Moves the focus with Tab until it is on a button of this name, as a person without a mouse would. */
async function tabTo(name) {
  for (let step = 0; step < 40; step++) {
    const focused = await page.evaluate(() => {
      /** @type {any} */
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.getAttribute('aria-label') ?? (element?.labels?.[0] ?? element)?.textContent?.trim() ?? '';
    });
    if (focused.startsWith(name)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reached “${name}”`);
}

async function press(name, key = 'Enter') {
  await tabTo(name);
  await page.keyboard.press(key);
}

/** The files that the page itself has requested, without those of its workers. */
const filesOfPage = () => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));

describe('the chat', () => {
  for (const version of [2, 3, 4]) {
    it(`downloads a model with Transformers.js ${version}, which then answers`, async () => {
      await open(version);
      await model('Tiny Chat').click();
      await inDialog('Download').click();
      await page.getByText('I am ready. Write a message.').waitFor();
      await page.keyboard.press('Escape');
      await page.getByLabel('Message to Tiny Chat').fill('hello');
      await page.keyboard.press('Enter');
      await page.getByText('Nice to meet you.').waitFor();
    });
  }

  for (const version of [2, 3, 4]) {
    it(`runs the model in a worker with Transformers.js ${version}`, async () => {
      await open(version, '&worker');
      await model('Tiny Chat').click();
      await inDialog('Download').click();
      await page.getByText('I am ready. Write a message.').waitFor();
      await page.keyboard.press('Escape');
      await page.getByLabel('Message to Tiny Chat').fill('hello');
      await page.keyboard.press('Enter');
      await page.getByText('Nice to meet you.').waitFor();
      const workers = page.workers().map((worker) => new URL(worker.url()).pathname);
      // The worker's own files are hashed in another.
      assert.deepEqual(
        workers.filter((path) => !path.endsWith('/hash-worker.js')),
        ['/model-worker.js'],
      );
      const files = await filesOfPage();
      assert.ok(files.some((name) => name.endsWith('/in-worker.js')));
      // The page imports Transformers.js for its models of the public hub, when it lists what is stored.
      assert.deepEqual(
        files.filter((name) => name.includes('.wasm')),
        [],
        'the runtime is not in the page',
      );
    });
  }

  it('moves into a worker by keyboard only, and the faults apply there too', async () => {
    await open();
    await press('Run the models in a worker', ' ');
    await page.waitForURL(/\?version=4&worker$/);
    await isDrawn();
    assert.equal(await page.getByRole('switch', { name: 'Run the models in a worker' }).isChecked(), true);
    await press('The disk is full', ' ');
    await setLink({ bandwidth: 4_000_000 });
    await press('Medium Chat');
    await press('Download');
    await dialog().getByText('will be downloaded again next time').waitFor();
    await setLink({ bandwidth: 0 });
    await page.getByText('I am ready. Write a message.').waitFor();
  });

  it('can be used by keyboard only: start, details, minimise, reopen, cancel, retry', async () => {
    await open();
    await setLink({ bandwidth: 400_000 });
    await press('Medium Chat');
    // The code that draws it is loaded first; until then the page keeps the focus.
    await dialog().waitFor();
    await press('Download');
    await press('Show details');
    await dialog().getByText('onnx/model_quantized.onnx').waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    assert.match(await page.evaluate(() => document.activeElement.textContent), /Medium Chat/, 'focus returns');

    await mini('local/medium-chat').getByRole('progressbar').waitFor();
    await press('Show the download');
    await dialog().waitFor();
    await press('Cancel');
    await dialog().getByText('Cancelled').first().waitFor();
    await setLink({ bandwidth: 0 });
    await press('Start again');
    await page.getByText('I am ready. Write a message.').waitFor();
  });

  it('uses one model while another continues in the background', async () => {
    await open();
    await model('Tiny Chat').click();
    await inDialog('Download').click();
    await page.getByText('I am ready. Write a message.').waitFor();
    await page.keyboard.press('Escape');

    await setLink({ bandwidth: 400_000 });
    await model('Medium Chat').click();
    await inDialog('Download').click();
    await inDialog('Continue in background').click();
    await mini('local/medium-chat').getByRole('progressbar').waitFor();
    await page.getByLabel('Message to Tiny Chat').fill('hello');
    await page.keyboard.press('Enter');
    await page.getByText('Nice to meet you.').waitFor();
    assert.equal(await mini('local/medium-chat').getByRole('progressbar').isVisible(), true);
    await setLink({ bandwidth: 0 });
    await page.getByText('I am ready. Write a message.').nth(1).waitFor();
  });

  it('shows the recovery in the conversation when a download fails, and continues after Retry', async () => {
    await open();
    await setLink({ status: 404, match: '.onnx' });
    await model('Tiny Chat').click();
    await inDialog('Download').click();
    await dialog().getByRole('button', { name: 'Retry' }).waitFor();
    await page.keyboard.press('Escape');
    const recovery = page.locator('.download download-recovery');
    await recovery.getByText('Technical details').click();
    await recovery.getByText('Could not locate file').or(recovery.getByText('404')).first().waitFor();
    await setLink({ status: null, match: null });
    await recovery.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('I am ready. Write a message.').waitFor();
  });

  it('offers an incomplete download after a reload', async () => {
    await open();
    await setLink({ bandwidth: 400_000 });
    await model('Medium Chat').click();
    await inDialog('Download').click();
    // Without a stored byte there is nothing to continue.
    await dialog()
      .getByText(/[kM]B of/)
      .first()
      .waitFor();
    await page.reload();
    await setLink({ bandwidth: 0 });
    await mini('local/medium-chat').getByRole('button', { name: 'Show the download' }).click();
    await inDialog('Resume').click();
    await page.getByText('I am ready. Write a message.').waitFor();
  });
});
