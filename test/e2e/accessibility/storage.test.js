// The requirements of WCAG 2.2 AA for <model-storage>, in every state, in a real browser: by axe, by the accessibility tree, by
// the keyboard, and by size.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { downloadStates, storageStates } from '../../../demo/site/storage-states.js';
import { PATIENCE } from '../demo/chromium.js';
import { animations, overflowing, partContrasts, spaceText } from './in-page.js';
import { openLab } from './states-page.js';

const lab = openLab();

const snapshots = join(import.meta.dirname, 'storage-tree.txt');
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The time at which the reports of the demo were made, so that "today" is today. */
const now = Date.now();

/** Opens a page with one element, whose queries it answers. */
async function open(name, settings = {}) {
  const context = await lab.browser.newContext(settings);
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  await page.clock.install({ time: now });
  await page.goto(lab.url);
  await page.evaluate(
    async ({ report, states }) => {
      document.addEventListener('model-storage-query', ({ detail }) => detail.answer(Promise.resolve(report)));
      document.addEventListener('model-download-query', ({ detail: { modelKey, answer } }) => {
        if (states[modelKey]) answer({ modelKey, modelName: modelKey, attempt: 0, maxAttempts: 3, ...states[modelKey] }, undefined);
      });
      const { defineModelStorage } = await import(new URL('/model-download.js', location.href).href);
      await defineModelStorage();
      document.querySelector('main')?.replaceChildren(document.createElement('model-storage'));
    },
    { report: storageStates[name], states: downloadStates },
  );
  await page.locator('model-storage:state(known), model-storage:state(empty)').waitFor();
  return { page, close: () => context.close() };
}

describe('<model-storage>', () => {
  for (const name of Object.keys(storageStates)) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      it(`has no violation that axe finds: ${name}, ${colorScheme}`, async () => {
        const { page, close } = await open(name, { colorScheme });
        await page.addScriptTag({ path: axe });
        const { violations } = await page.evaluate(() => globalThis.axe.run('model-storage', { resultTypes: ['violations'] }));
        await close();
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
          [],
        );
      });
    }
  }

  /** Opens each state with these settings. */
  async function inEveryState(settings, use) {
    for (const name of Object.keys(storageStates)) {
      const { page, close } = await open(name, settings);
      await use(page, name);
      await close();
    }
  }

  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    it(`has borders of buttons with a contrast of 3:1, ${colorScheme}`, async () => {
      let compared = 0;
      await inEveryState({ colorScheme }, async (page, name) => {
        for (const { part, contrast } of await page.evaluate(partContrasts)) {
          assert.ok(contrast >= 3, `${name}: ${part} has ${contrast.toFixed(2)}`);
          compared += 1;
        }
      });
      assert.ok(compared > 0);
    });
  }

  it('fits with the text spacing of WCAG 1.4.12, and with a doubled text size', async () => {
    await inEveryState({ viewport: { width: 320, height: 800 } }, async (page, name) => {
      await page.evaluate(spaceText);
      assert.deepEqual(await page.evaluate(overflowing), [], name);
    });
    for (const width of [240, 320, 640]) {
      await inEveryState({ viewport: { width, height: 800 } }, async (page, name) => {
        await page.addStyleTag({ content: ':root { font-size: 200% }' });
        assert.deepEqual(await page.evaluate(overflowing), [], `${name}, ${width} px`);
      });
    }
  });

  it('has buttons with a border in forced colors, and no animation with reduced motion', async () => {
    await inEveryState({ forcedColors: 'active', reducedMotion: 'reduce' }, async (page, name) => {
      for (const button of await page.locator('model-storage button:visible').all()) {
        const width = await button.evaluate((element) => parseFloat(getComputedStyle(element).borderTopWidth));
        assert.ok(width >= 1, name);
      }
      assert.equal(await page.evaluate(animations), 0, name);
    });
  });

  it('has the reviewed accessibility tree', async () => {
    const trees = [];
    for (const name of Object.keys(storageStates)) {
      const { page, close } = await open(name);
      trees.push(`## ${name}\n\n${await page.locator('model-storage').ariaSnapshot()}\n`);
      await close();
    }
    const actual = trees.join('\n');
    if (process.env.UPDATE) await writeFile(snapshots, actual);
    assert.equal(actual, await readFile(snapshots, 'utf8'));
  });

  for (const width of [240, 320, 1280]) {
    it(`fits on ${width} px, with targets of at least 24 px`, async () => {
      const { page, close } = await open('models', { viewport: { width, height: 800 } });
      const { scrollWidth, clientWidth } = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { scrollWidth, clientWidth };
      });
      assert.ok(scrollWidth <= clientWidth, `${scrollWidth} px in ${clientWidth} px`);
      for (const button of await page.locator('model-storage button').all()) {
        const box = await button.boundingBox();
        assert.ok(box && box.width >= 24 && box.height >= 24, await button.textContent());
      }
      await close();
    });
  }

  it('can be used with the keyboard alone', async () => {
    const { page, close } = await open('models');
    const focused = () =>
      page.evaluate(() => document.querySelector('model-storage')?.shadowRoot?.activeElement?.getAttribute('aria-label'));
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Delete: Phi-3 Advanced');
    await page.keyboard.press('Enter');
    await page.locator('[data-state=pending]').waitFor();
    assert.equal(await focused(), 'Undo: Phi-3 Advanced');
    await page.keyboard.press('Space');
    await page.locator('[data-state=pending]').waitFor({ state: 'detached' });
    assert.equal(await focused(), 'Delete: Phi-3 Advanced');
    const order = [];
    for (let index = 0; index < 5; index++) {
      await page.keyboard.press('Tab');
      order.push(await focused());
    }
    assert.deepEqual(order, ['Resume: Medium Chat', 'Delete: Medium Chat', 'Delete: Whisper tiny', 'Cancel: SmolLM2 135M', null]);
    await close();
  });

  /** Opens a page that counts the requests to delete a model. */
  async function openWithModel(settings) {
    const { page, close } = await open('persistent', settings);
    await page.evaluate(() => {
      globalThis.requested = [];
      document.addEventListener('model-storage-remove-request', ({ detail }) => globalThis.requested.push(detail.modelKey));
    });
    /** Lets the time pass, and compares the number of requests after it. */
    const pass = async (seconds, expected) => {
      await page.clock.runFor(seconds * 1_000);
      assert.equal(await page.evaluate(() => globalThis.requested.length), expected);
    };
    return { page, close, pass, button: (name) => page.getByRole('button', { name: `${name}: Phi-3 Advanced` }) };
  }

  it('deletes 10 s after the pointer has left the row, not before', async () => {
    const { page, close, pass, button } = await openWithModel();
    await button('Delete').click();
    await pass(60, 0);
    await page.getByText('Will be deleted in 10 s', { exact: true }).waitFor();
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.mouse.move(0, 0);
    await pass(8, 0);
    await page.getByText('Paused', { exact: true }).waitFor({ state: 'hidden' });
    await button('Undo').hover();
    await pass(60, 0);
    await page.mouse.move(0, 0);
    await pass(8, 0);
    await pass(3, 1);
    await close();
  });

  it('deletes 10 s after the focus of the keyboard has left the row, not before', async () => {
    const { page, close, pass, button } = await openWithModel();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await button('Undo').waitFor();
    await pass(60, 0);
    await page.keyboard.press('Tab');
    await pass(8, 0);
    await page.keyboard.press('Shift+Tab');
    await pass(60, 0);
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.keyboard.press('Tab');
    await pass(8, 0);
    await pass(3, 1);
    await close();
  });

  it('deletes 10 s after a touch of Delete, and 10 s after a later touch of the row', async () => {
    const { page, close, pass, button } = await openWithModel({ hasTouch: true });
    await button('Delete').tap();
    await pass(8, 0);
    await page.getByText('Phi-3 Advanced', { exact: true }).tap();
    await pass(8, 0);
    await pass(3, 1);
    await close();
  });
});
