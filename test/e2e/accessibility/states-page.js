// A page with the three elements, to which a test dispatches any state, without a download.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { detailOf } from '../../../demo/site/states.js';
import { launch } from '../demo/chromium.js';

const scripts = join(import.meta.dirname, '../../../dist/cdn');

const html = `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>States</title>
  <link rel="icon" href="data:,">
  <style>:root { color-scheme: light dark; font-family: system-ui } body { margin: 1rem } button { min-block-size: 2rem }</style>
  <script type="module" src="/model-download.js"></script>
  <main>
    <h1>Chat</h1>
    <button type="button">Before</button>
    <p><model-progress-mini model-key="phi"></model-progress-mini></p>
    <download-recovery model-key="phi"></download-recovery>
    <button type="button">After</button>
  </main>
  <model-download-dialog model-key="phi"></model-download-dialog>
</html>`;

/** Opens a browser and serves the page at `url` for the tests of a file. Both are there from the first test on, until the last one. */
export function openLab() {
  /** @type {{ browser: import('playwright-core').Browser, url: string }} */
  const lab = Object.create(null);
  let site;
  before(async () => {
    [site, lab.browser] = await Promise.all([startStatesPage(), launch()]);
    lab.url = site.url;
  });
  after(async () => {
    await lab.browser?.close();
    site?.close();
  });
  return lab;
}

/** Serves the page. */
async function startStatesPage() {
  const server = createServer(async ({ url }, response) => {
    if (!url?.endsWith('.js')) return response.writeHead(200, { 'Content-Type': 'text/html' }).end(html);
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(await readFile(join(scripts, url)));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`, close };
}

/** The page in one tab, with a stopped clock, so that countdowns are the same each time. */
export class StatesPage {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
    this.dialog = page.locator('model-download-dialog');
  }

  /**
   * @param {import('playwright-core').BrowserContext} context
   * @param {string} url
   */
  static async open(context, url) {
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.clock.setFixedTime(now);
    await page.goto(url);
    await page.waitForFunction(() => customElements.get('model-download-dialog'));
    return new StatesPage(page);
  }

  /** Puts a state on the page, with the dialog open or closed. */
  async show(state, { inDialog = false } = {}) {
    const detail = detailOf({ ...state, ...('retryAt' in state ? { retryAt: now + 65_000 } : {}) });
    await this.dialog.evaluate((dialog, open) => void Object.assign(dialog, { open }), inDialog);
    await this.page.evaluate((detail) => {
      document.dispatchEvent(new CustomEvent('model-download-change', { detail }));
      return Promise.all(
        [...document.querySelectorAll('model-download-dialog, model-progress-mini, download-recovery')].map(
          (/** @type {any} */ element) => element.updateComplete,
        ),
      );
    }, detail);
    if (!inDialog) return;
    const toggle = this.page.getByRole('button', { name: 'Show details' });
    if (state.showsFiles && (await toggle.count()) > 0) await toggle.click();
  }
}

/** The moment at which all of it happens, in ms since 1970. */
export const now = Date.UTC(2026, 10, 25, 12);
