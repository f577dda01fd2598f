// The page of looks, and our elements in the pages of two other libraries.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { states } from '../../../demo/site/states.js';
import { storageStates } from '../../../demo/site/storage-states.js';
import { eachWithDemo } from './stage.js';

const stage = eachWithDemo();
let page;

beforeEach(() => {
  ({ page } = stage);
});

const styleOf = (locator, ...names) =>
  locator.evaluate((element, names) => Object.fromEntries(names.map((name) => [name, getComputedStyle(element)[name]])), names);

describe('the page of all states and designs', () => {
  it('shows every state beside its code, and applies tokens, density and language at once', async () => {
    await page.goto(new URL('looks.html', stage.demo.url).href);
    await page
      .locator('.state')
      .nth(Object.keys(states).length + Object.keys(storageStates).length - 1)
      .waitFor();
    const names = await page.locator('.state > h2').allTextContents();
    assert.deepEqual(names, [...Object.keys(states), ...Object.keys(storageStates).map((name) => `storage: ${name}`)]);
    const mini = page.locator('model-progress-mini[model-key="downloading"]');
    await mini.getByText('42%').waitFor();

    await page.getByLabel('accent-color', { exact: true }).fill('rgb(1, 2, 3)');
    assert.deepEqual(await styleOf(mini.locator('.fill'), 'backgroundColor'), { backgroundColor: 'rgb(1, 2, 3)' });
    assert.match(await page.locator('#css').textContent(), /--model-download-accent-color: rgb\(1, 2, 3\);/);

    const before = await mini.boundingBox();
    await page.getByLabel('Density').selectOption('compact');
    await page.waitForFunction(
      (height) => /** @type {HTMLElement} */ (document.querySelector('model-progress-mini[model-key="downloading"]')).offsetHeight < height,
      before.height,
    );

    await page.getByLabel('Language').selectOption('de');
    await page.getByRole('button', { name: 'Open the dialog: paused', exact: true }).click();
    await page.getByRole('dialog').getByText('Pausiert').first().waitFor();
  });
});

describe('on a desktop and on a phone, everything fits into', () => {
  for (const name of ['looks.html', 'looks-shadcn.html', 'looks-web-awesome.html']) {
    for (const width of [1280, 390]) {
      it(`${name} of ${width} px`, async () => {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(new URL(name, stage.demo.url).href);
        await page.locator('model-progress-mini[model-key="downloading"]').getByText('42%').waitFor();
        await page.locator('download-recovery[model-key="failed"]').getByText('The connection was lost').waitFor();
        assert.deepEqual(await page.evaluate(overflowing), []);
      });
    }
  }
});

/** Runs in the page: returns the elements that are wider than their containers. */
function overflowing() {
  const { scrollWidth, clientWidth } = document.documentElement;
  const elements = [...document.querySelectorAll('model-progress-mini, download-recovery')].filter((element) => {
    const around = element.parentElement.getBoundingClientRect();
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (left < around.left - 1 || right > around.right + 1);
  });
  return [...(scrollWidth > clientWidth ? ['the page'] : []), ...elements.map(({ localName }) => localName)];
}

describe('with tokens only, the elements have the design of', () => {
  it('shadcn', async () => {
    await page.goto(new URL('looks-shadcn.html', stage.demo.url).href);
    await page.locator('#open').click();
    const same = ['backgroundColor', 'color', 'borderTopLeftRadius', 'height', 'fontSize', 'fontFamily', 'fontWeight'];
    const ours = page.getByRole('dialog').getByRole('button', { name: 'Download', exact: true });
    assert.deepEqual(await styleOf(ours, ...same), await styleOf(page.locator('#open'), ...same));
    const surface = ['backgroundColor', 'borderTopColor', 'borderTopLeftRadius'];
    assert.deepEqual(await styleOf(page.locator('.recovery'), ...surface), await styleOf(page.locator('.card'), ...surface));
  });

  it('Web Awesome', async () => {
    await page.goto(new URL('looks-web-awesome.html', stage.demo.url).href);
    const theirs = page.locator('#open').locator('[part~="base"]');
    await theirs.click();
    // Neither may be rendered as hovered.
    await page.mouse.move(1, 1);
    await theirs.evaluate((element) => Promise.all(element.getAnimations().map(({ finished }) => finished)));
    const same = ['backgroundColor', 'color', 'borderTopLeftRadius', 'fontFamily'];
    const ours = page.getByRole('dialog').getByRole('button', { name: 'Download', exact: true });
    assert.deepEqual(await styleOf(ours, ...same), await styleOf(theirs, ...same));
    const [card, recovery] = [page.locator('wa-card'), page.locator('.recovery')];
    assert.deepEqual(await styleOf(recovery, 'borderTopLeftRadius'), await styleOf(card, 'borderTopLeftRadius'));
  });
});
