// The requirements of WCAG 2.2 AA for the three elements, in every state, in a real browser: by axe, by the
// accessibility tree, by size, zoom and the visitor's own settings.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { states } from '../../../demo/site/states.js';
import { StatesPage, openLab } from './states-page.js';
import { animations, overflowing, partContrasts, spaceText } from './in-page.js';

const lab = openLab();

const snapshots = join(import.meta.dirname, 'tree.txt');
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The least size of a target, in CSS px (WCAG 2.2, 2.5.8). */
const TARGET = 24;

const cases = Object.entries(states).flatMap(([name, state]) => [
  { name: `${name}, inline`, state, inDialog: false },
  { name: `${name}, in the dialog`, state, inDialog: true },
]);

/** Every fifth case, inline and in the dialog in turn, for a sample of this file. */
const few = process.env.SAMPLE ? cases.filter((_, place) => place % 5 === 0) : cases;

/**
 * Of sizes of a screen, the most difficult one for a sample of this file.
 *
 * @template T
 * @param {readonly T[]} sizes The most difficult one first.
 */
const sampleOf = (sizes) => (process.env.SAMPLE ? sizes.slice(0, 1) : sizes);

/** Opens the page as a visitor with these settings has it, and calls `use` for every state in turn, or for some. */
async function inEveryState(settings, use, chosen = few) {
  const context = await lab.browser.newContext(settings);
  try {
    const page = await StatesPage.open(context, lab.url);
    for (const { name, state, inDialog } of chosen) {
      await page.show(state, { inDialog });
      await use({ name, state, inDialog, ...page });
    }
  } finally {
    await context.close();
  }
}

describe('in every state, the elements', () => {
  // All that colors change is contrast.
  for (const [colorScheme, rules] of [['light'], ['dark', ['color-contrast']]]) {
    it(`have no violation that axe finds, in ${colorScheme} colors`, async () => {
      await inEveryState({ colorScheme }, async ({ name, page }) => {
        if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ path: axe });
        const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
        const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), options);
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
        assert.deepEqual(found, [], name);
      });
    });
  }

  for (const colorScheme of ['light', 'dark']) {
    it(`have bars and borders of buttons with a contrast of 3:1, in ${colorScheme} colors`, async () => {
      let compared = 0;
      await inEveryState({ colorScheme }, async ({ name, page }) => {
        for (const { part, contrast } of await page.evaluate(partContrasts)) {
          assert.ok(contrast >= 3, `${name}: ${part} has ${contrast.toFixed(2)}`);
          compared += 1;
        }
      });
      assert.ok(compared > 0);
    });
  }

  it('have the reviewed accessibility tree', async () => {
    const trees = [];
    await inEveryState(
      {},
      async ({ name, inDialog, page }) => {
        const root = inDialog ? page.getByRole('dialog') : page.getByRole('main');
        trees.push(`## ${name}\n\n${(await root.ariaSnapshot()).replace(/(x<b>y<\/b> ){5,}/g, '… ')}\n`);
      },
      cases,
    );
    const actual = trees.join('\n');
    if (process.env.UPDATE) await writeFile(snapshots, actual);
    assert.equal(actual, await readFile(snapshots, 'utf8'));
  });

  it('have targets of at least 24 px', async () => {
    await inEveryState({ viewport: { width: 320, height: 568 } }, async ({ name, page }) => {
      for (const button of await page.locator('button:visible, summary:visible').all()) {
        const { width = 0, height = 0 } = (await button.boundingBox()) ?? {};
        assert.ok(width >= TARGET && height >= TARGET, `${name}: ${await button.textContent()} is ${width} × ${height}`);
      }
    });
  });

  it('differ in text, not only in color', async () => {
    const words = new Map();
    await inEveryState(
      {},
      async ({ state, inDialog, page }) => {
        if (!inDialog || words.has(state.status)) return;
        words.set(state.status, await page.locator('[part="status"]').last().textContent());
      },
      cases,
    );
    assert.equal(words.size, 11, 'every status');
    assert.equal(new Set(words.values()).size, words.size);
  });
});

describe('on every screen size and zoom level', () => {
  for (const [zoom, viewport] of sampleOf([
    ['400 %', { width: 320, height: 256 }],
    ['200 %', { width: 640, height: 512 }],
  ])) {
    it(`everything fits, and can be reached, at ${zoom} of 1280 × 1024`, async () => {
      await inEveryState({ viewport }, async ({ name, page, inDialog }) => {
        const tooWide = await page.evaluate(overflowing);
        assert.deepEqual(tooWide, [], name);
        const root = inDialog ? page.getByRole('dialog') : page.getByRole('main');
        for (const button of await root.getByRole('button').all()) await button.click({ trial: true });
      });
    });
  }

  for (const width of sampleOf([240, 480, 1920])) {
    it(`everything fits on ${width} px`, async () => {
      await inEveryState({ viewport: { width, height: 800 } }, async ({ name, page }) =>
        assert.deepEqual(await page.evaluate(overflowing), [], name),
      );
    });
  }

  for (const width of sampleOf([240, 320, 480, 640])) {
    it(`nothing is clipped with a doubled text size on ${width} px, and everything can be reached`, async () => {
      await inEveryState({ viewport: { width, height: 800 } }, async ({ name, page, inDialog }) => {
        await page.addStyleTag({ content: ':root { font-size: 200% }' });
        assert.deepEqual(await page.evaluate(overflowing), [], name);
        const root = inDialog ? page.getByRole('dialog') : page.getByRole('main');
        for (const button of await root.getByRole('button').all()) await button.click({ trial: true });
      });
    });
  }
});

describe('with the text spacing of WCAG 1.4.12', () => {
  it('everything fits', async () => {
    await inEveryState({ viewport: { width: 320, height: 800 } }, async ({ name, page }) => {
      await page.evaluate(spaceText);
      assert.deepEqual(await page.evaluate(overflowing), [], name);
    });
  });
});

describe('with user preferences', () => {
  it('bars and buttons have a border in forced colors', async () => {
    await inEveryState({ forcedColors: 'active' }, async ({ name, page }) => {
      for (const part of await page.locator('.track:visible, .button:visible').all()) {
        const edge = await part.evaluate((element) => parseFloat(getComputedStyle(element).borderTopWidth));
        assert.ok(edge >= 1, name);
      }
      const fill = page.locator('[part="fill"]:visible').last();
      if ((await fill.count()) === 0) return;
      const [inside, outside] = await fill.evaluate((element) =>
        [element, element.parentElement].map((part) => getComputedStyle(part).backgroundColor),
      );
      assert.notEqual(inside, outside, `${name}: how far the bar is can be seen`);
    });
  });

  it('the main button differs from the others in forced colors', async () => {
    let compared = 0;
    const colorOf = (button) => button.evaluate((element) => getComputedStyle(element).backgroundColor);
    await inEveryState({ forcedColors: 'active' }, async ({ name, page }) => {
      const main = page.locator('.button.primary:visible').first();
      if ((await main.count()) === 0) return;
      for (const other of await page.locator('.button:not(.primary):visible').all()) {
        assert.notEqual(await colorOf(main), await colorOf(other), name);
        compared += 1;
      }
    });
    assert.ok(compared > 0);
  });

  it('nothing is animated with reduced motion', async () => {
    let moving = 0;
    const count = ({ page }) => page.evaluate(animations);
    await inEveryState({ reducedMotion: 'reduce' }, async (stage) => assert.equal(await count(stage), 0, stage.name));
    await inEveryState({ reducedMotion: 'no-preference' }, async (stage) => (moving += await count(stage)));
    assert.ok(moving > 0, 'for others something does');
  });
});
