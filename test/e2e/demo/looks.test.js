// The page of looks, and our elements in the pages of two other libraries.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { beforeEach, describe, it } from 'node:test';
import { states } from '../../../demo/site/states.js';
import { storageStates } from '../../../demo/site/storage-states.js';
import { eachWithDemo } from './stage.js';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
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

describe('a theme', () => {
  for (const [theme, property, light, dark] of [
    ['shadcn', '--primary', 'oklch(0.205 0 0)', 'oklch(0.922 0 0)'],
    ['material', '--md-sys-color-primary', 'rgb(103, 80, 164)', 'rgb(208, 188, 255)'],
    ['web-awesome', '--wa-color-brand-fill-loud', 'rgb(0, 113, 236)', 'rgb(0, 113, 236)'],
  ]) {
    it(`of ${theme} has its own colors, which can be read, and then those of the page`, async () => {
      await page.goto(new URL('looks.html', stage.demo.url).href);
      const mini = page.locator('model-progress-mini[model-key="downloading"]');
      await page.getByLabel('Theme').selectOption(theme);
      const fill = (color) =>
        page.waitForFunction((color) => {
          const { shadowRoot } = document.querySelector('model-progress-mini[model-key="downloading"]');
          return getComputedStyle(shadowRoot.querySelector('.fill')).backgroundColor === color;
        }, color);
      await page.addScriptTag({ path: axe });
      for (const [scheme, color] of [
        ['light', light],
        ['dark', dark],
      ]) {
        await page.getByLabel('Colors').selectOption(scheme);
        await fill(color);
        await mini.evaluate((element) => Promise.all(element.shadowRoot.getAnimations().map(({ finished }) => finished)));
        assert.deepEqual(await page.evaluate(unreadable), [], scheme);
      }
      await page.evaluate((name) => document.documentElement.style.setProperty(name, 'rgb(1, 2, 3)'), property);
      await fill('rgb(1, 2, 3)');
      assert.match(await page.locator('#css').textContent(), new RegExp(`@import 'model-download/themes/${theme}.css';`));
    });
  }
});

/** Runs in the page: returns the texts of the elements whose contrast is below that of WCAG 2.2 AA. */
async function unreadable() {
  const { violations } = await globalThis.axe.run('.drawn', { runOnly: ['color-contrast'], resultTypes: ['violations'] });
  return violations.flatMap(({ nodes }) => nodes.map(({ target, any }) => `${target.join(' ')}: ${any[0]?.message}`));
}

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
