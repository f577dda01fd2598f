// The tags in a popup and in a Picture-in-Picture window: their styles, their state and their buttons, and on the way back.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { bundlePage } from '../../../tools/bundle-page.js';
import { serveFolder } from '../../frameworks/stage.js';
import { launch, openPage } from '../demo/chromium.js';

let site;
let browser;
let visit;

before(async () => {
  const dir = await bundlePage(join(import.meta.dirname, 'page'), 'windows');
  await writeFile(join(dir, 'weights.bin'), new Uint8Array(300_000));
  [site, browser] = await Promise.all([serveFolder(dir), launch()]);
});

beforeEach(async () => {
  visit = await openPage(browser);
  await visit.page.goto(site.url);
});

afterEach(() => visit.close());
after(() => Promise.all([site?.close(), browser?.close()]));

/** In the page: the effect of the styles on the box of each tag that is shown, in the window where the tags are. */
function looks() {
  const tags = [globalThis, globalThis.other].flatMap((view) => (view ? [...view.document.querySelectorAll('main > *')] : []));
  return tags.map((tag) => {
    const box = tag.shadowRoot.querySelector('[part~="dialog"], [part~="mini"], [part~="recovery"], [part~="storage"]');
    if (!box) return tag.localName;
    const { borderTopWidth, borderTopLeftRadius, paddingTop, fontSize } = tag.ownerDocument.defaultView.getComputedStyle(box);
    return { tag: tag.localName, borderTopWidth, borderTopLeftRadius, paddingTop, fontSize };
  });
}

describe('all tags, in another window,', () => {
  for (const [kind, button] of [
    ['a popup', 'Popup'],
    ['a Picture-in-Picture window', 'Picture-in-Picture'],
  ]) {
    it(`${kind}, keep their styles, download, and come back`, async (context) => {
      const { page, errors } = visit;
      if (kind !== 'a popup' && !(await page.evaluate(() => 'documentPictureInPicture' in globalThis)))
        return context.skip('This browser has no Picture-in-Picture for documents');
      await page.locator('model-storage').getByRole('list').or(page.getByText('No models')).first().waitFor();
      const home = await page.evaluate(looks);
      const [window] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('button', { name: button }).click()]);
      assert.deepEqual(await page.evaluate(looks), home);

      await page.evaluate(() => globalThis.other.document.querySelector('model-download-dialog').show());
      const dialog = window.getByRole('dialog', { name: 'Phi' });
      await dialog.getByRole('button', { name: 'Download' }).click();
      await dialog.getByText('Ready to use', { exact: true }).waitFor();
      await dialog.getByRole('button', { name: 'Close' }).first().click();
      const shown = await page.evaluate(looks);

      await page.evaluate(() => globalThis.moveHome());
      await page.locator('model-progress-mini').getByText('Ready to use', { exact: true }).waitFor();
      assert.deepEqual(await page.evaluate(looks), shown);
      assert.deepEqual(errors, []);
    });
  }
});
