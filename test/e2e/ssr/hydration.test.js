// The three tags from Lit's server rendering, taken over by a browser: the same nodes, drawn on from there.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html } from 'lit';
import { bundlePage } from '../../../tools/bundle-page.js';
import { launch, openPage } from '../demo/chromium.js';
import { serveFolder } from '../../frameworks/stage.js';
import 'model-download/define';

let site;
let browser;

before(async () => {
  const dir = await bundlePage(join(import.meta.dirname, 'page'), 'hydration');
  await Promise.all([writeFile(join(dir, 'index.html'), await renderPage()), writeFile(join(dir, 'weights.bin'), new Uint8Array(300_000))]);
  [site, browser] = await Promise.all([serveFolder(dir), launch()]);
});

after(() => Promise.all([site?.close(), browser?.close()]));

/** The page as a server sends it, whose language is not quite the tags' own. */
async function renderPage() {
  const tags = await collectResult(
    render(html`
      <model-download-dialog model-key="phi"></model-download-dialog>
      <model-progress-mini model-key="phi"></model-progress-mini>
      <download-recovery model-key="phi"></download-recovery>
    `),
  );
  return `<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>SSR</title><link rel="icon" href="data:,">
    <body>${tags}<script>served = document.querySelector('model-progress-mini').shadowRoot.querySelector('[role=status]')</script>
    <script type="module" src="page.js"></script></body></html>`;
}

it('hydrates the tags of a server in the language of the page, and shows the download', async () => {
  const { page, errors, close } = await openPage(browser);
  await page.goto(site.url);
  await page.waitForFunction(() => 'downloads' in globalThis && customElements.get('model-progress-mini'));
  await page.evaluate(() => document.querySelector('model-download-dialog').show());
  await page.getByRole('dialog', { name: 'Phi' }).getByRole('button', { name: 'Download' }).click();
  await page.getByRole('dialog').getByText('Ready to use', { exact: true }).waitFor();
  await page.locator('model-progress-mini').getByRole('progressbar', { includeHidden: true }).waitFor({ state: 'attached' });

  const dialogs = await page.evaluate(() => {
    const dialogs = document.querySelector('model-download-dialog').shadowRoot.querySelectorAll('dialog');
    const region = document.querySelector('model-progress-mini').shadowRoot.querySelector('[role=status]');
    return { all: dialogs.length, isServed: region === globalThis.served, lang: dialogs[0].lang };
  });
  assert.deepEqual(dialogs, { all: 1, isServed: true, lang: 'en-GB' });
  assert.deepEqual(errors, []);
  await close();
});
