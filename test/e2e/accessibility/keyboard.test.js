// The three elements by keyboard alone, and where the focus is afterwards.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { states } from '../../../demo/site/states.js';
import { StatesPage, openLab } from './states-page.js';

const lab = openLab();
let context;
let stage;
let page;

beforeEach(async () => {
  context = await lab.browser.newContext();
  stage = await StatesPage.open(context, lab.url);
  ({ page } = stage);
  await page.evaluate(() => {
    globalThis.requests = [];
    for (const name of ['start', 'pause', 'resume', 'cancel', 'retry', 'restart', 'choose-model', 'background', 'open']) {
      document.addEventListener(`model-download-${name}-request`, () => globalThis.requests.push(name));
    }
  });
});

afterEach(() => context.close());

/** The name of the focused element, through shadow roots; its tag if it has no name. */
function focused() {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const name = element?.getAttribute('aria-label') ?? element?.textContent?.replace(/\s+/g, ' ').trim();
    return element?.matches('button, summary, [tabindex="0"]') ? name : (element?.getAttribute('role') ?? element?.localName);
  });
}

/** Presses Tab until the focus is where it began, and returns the focused elements. */
async function tabThrough(count) {
  const places = [];
  for (let step = 0; step < count; step++) {
    await page.keyboard.press('Tab');
    places.push(await focused());
  }
  return places;
}

const requests = () => page.evaluate(() => globalThis.requests.splice(0));

describe('the mini, by keyboard', () => {
  it('is in the tab order, opens the dialog, and gets the focus back afterwards', async () => {
    await stage.show(states.downloading);
    assert.deepEqual(await tabThrough(3), ['Before', 'Show the download of Phi-3 Advanced', 'After']);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    assert.deepEqual(await requests(), ['open']);
    assert.equal(await focused(), 'dialog');
    await page.keyboard.press('Escape');
    assert.deepEqual(await requests(), ['background']);
    assert.equal(await focused(), 'Show the download of Phi-3 Advanced');
  });

  it('keeps the focus position when it is removed', async () => {
    await stage.show(states.downloading);
    await tabThrough(2);
    await stage.show(states.cancelled);
    assert.equal(await focused(), 'status');
    assert.deepEqual(await tabThrough(1), ['After']);
  });
});

describe('the dialog, by keyboard', () => {
  it('makes everything reachable in reading order', async () => {
    await stage.show(states.downloading, { inDialog: true });
    assert.deepEqual(await tabThrough(5), ['Minimise', 'Show details 2 of 4 files', 'Cancel', 'Pause', 'Continue in background']);
    await page.keyboard.press('Space');
    assert.deepEqual(await requests(), ['background']);
    assert.equal(await page.getByRole('dialog').isVisible(), false);
  });

  it('minimises, closes and starts', async () => {
    await page.getByRole('button', { name: 'Before' }).focus();
    for (const [state, path, expected] of [
      [states.downloading, ['Minimise'], ['background']],
      [states.completed, ['Close', 'Show details 2 of 4 files', 'Close'], []],
      [states.idle, ['Close', 'Not now', 'Download'], ['start']],
    ]) {
      await stage.show(state, { inDialog: true });
      assert.deepEqual(await tabThrough(path.length), path);
      await page.keyboard.press('Enter');
      assert.deepEqual(await requests(), expected);
      await stage.dialog.evaluate((dialog) => dialog.close());
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      assert.equal(await focused(), 'Before', 'the focus is back');
    }
  });

  it('keeps the focus when the focused button is removed', async () => {
    await stage.show(states.failed, { inDialog: true });
    assert.deepEqual(await tabThrough(3), ['Close', 'Technical details', 'Retry']);
    await page.keyboard.press('Enter');
    assert.deepEqual(await requests(), ['retry']);
    await stage.show(states['checking-again'], { inDialog: true });
    assert.equal(await focused(), 'dialog');
    assert.deepEqual(await tabThrough(1), ['Minimise']);
  });
});

describe('the recovery, by keyboard', () => {
  it('is usable in reading order', async () => {
    await stage.show(states.failed);
    const path = [
      'Before',
      'Show the download of Phi-3 Advanced',
      'Technical details',
      'Retry',
      'Start over',
      'Use a different model',
      'After',
    ];
    assert.deepEqual(await tabThrough(path.length), path);
    for (const name of ['choose-model', 'restart', 'retry']) {
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Enter');
      assert.deepEqual(await requests(), [name]);
    }
  });

  it('keeps the focus position after its action', async () => {
    await stage.show(states.failed);
    await tabThrough(4);
    await page.keyboard.press('Enter');
    await stage.show(states['checking-again']);
    assert.equal(await focused(), 'status');
    assert.deepEqual(await tabThrough(1), ['After']);
  });
});
