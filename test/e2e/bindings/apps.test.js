// The bindings in an app of each framework, on a development server: state, actions, StrictMode, unmount and hot updates.
// With `SAMPLE=1` in that of React only, as in CI.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { launch, openPage } from '../demo/chromium.js';
import { HELD, serveApp, SIZE } from './serve-app.js';

let browser;
let app;
let visit;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

const frameworks = /** @type {const} */ (['react', 'vue', 'svelte', 'angular', 'lit']);

for (const framework of process.env.SAMPLE ? frameworks.slice(0, 1) : frameworks) {
  describe(`the binding for ${framework}`, () => {
    before(async () => {
      app = await serveApp(framework);
    });

    after(() => app?.close());

    beforeEach(async () => {
      await app.reset();
      visit = await openPage(browser);
      visit.page.setDefaultTimeout(30_000);
      await visit.page.goto(app.url);
      await visit.page.locator('main p').waitFor();
    });

    afterEach(async () => {
      assert.deepEqual(visit.errors, []);
      await visit.close();
    });

    it('shows each state, and its actions are listeners', async () => {
      const { page } = visit;
      await shows(page, 'idle', 'Manager 1: 0 bytes, unknown files');
      assert.equal(app.ranges.length, 0, 'it starts nothing');
      await startDownload(page);
      await page.getByRole('button', { name: 'Pause' }).click();
      await shows(page, 'paused', `Manager 1: ${HELD} bytes, 1 files`);
      await page.getByRole('button', { name: 'Resume' }).click();
      await shows(page, 'completed', `Manager 1: ${SIZE} bytes, 1 files`);
      assert.match(app.ranges[1] ?? '', /^bytes=[1-9]\d*-$/);
    });

    it('resumes a paused download with start(), so that one button is enough', async () => {
      const { page } = visit;
      await startDownload(page);
      await page.getByRole('button', { name: 'Pause' }).click();
      await shows(page, 'paused', `Manager 1: ${HELD} bytes, 1 files`);
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await shows(page, 'completed', `Manager 1: ${SIZE} bytes, 1 files`);
      assert.match(app.ranges[1] ?? '', /^bytes=[1-9]\d*-$/);
    });

    it('connects the object once, so that tags receive each change once', async () => {
      const { page } = visit;
      await page.evaluate(() => {
        globalThis.seen = [];
        document.addEventListener('model-download-change', ({ detail }) => globalThis.seen.push(detail.state));
      });
      await startDownload(page);
      await page.locator('model-progress-mini').getByRole('progressbar').waitFor();
      assert.deepEqual(await page.evaluate(() => globalThis.calls), ['connect Manager 1']);
      const { length, size } = await page.evaluate(() => ({ length: globalThis.seen.length, size: new Set(globalThis.seen).size }));
      assert.ok(length > 0);
      assert.equal(length, size);
    });

    it('reports no unhandled rejection when a click starts a load and another cancels it', async () => {
      const { page } = visit;
      await startDownload(page);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await shows(page, 'cancelled', `Manager 1: ${HELD} bytes, 1 files`);
    });

    it('follows a key that changes', async () => {
      const { page } = visit;
      await startDownload(page);
      await page.getByRole('button', { name: 'Other' }).click();
      await shows(page, 'idle', 'Other: 0 bytes, unknown files');
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.locator('[data-status="completed"]').waitFor();
      assert.equal(await page.evaluate(() => globalThis.managers[0].getState('own').status), 'downloading');
    });

    it('disconnects when it is unmounted, without an end of the download', async () => {
      const { page } = visit;
      await startDownload(page);
      await page.evaluate(() => globalThis.unmount());
      await page.waitForFunction(() => globalThis.calls.length === 2);
      assert.deepEqual(await page.evaluate(() => globalThis.calls), ['connect Manager 1', 'disconnect Manager 1']);
      const bytes = await page.evaluate(() => {
        const [downloads] = globalThis.managers;
        downloads.pause('own');
        downloads.resume('own');
        return downloads.load('own');
      });
      assert.equal(bytes, SIZE);
      assert.equal(app.ranges.length, 2);
    });

    // Svelte has another build for servers, and Lit's tree is in test/bindings/lit.test.ts.
    if (framework === 'react' || framework === 'vue') {
      it('hydrates the HTML of a server, which is idle, and then shows the paused download of an earlier visit', async () => {
        const { page } = visit;
        await startDownload(page);
        await page.getByRole('button', { name: 'Pause' }).click();
        await shows(page, 'paused', `Manager 1: ${HELD} bytes, 1 files`);
        /** @type {string[]} */
        const complaints = [];
        page.on('console', (message) => {
          if (message.type() === 'error' || /hydrat/i.test(message.text())) complaints.push(message.text());
        });
        await page.goto(`${app.url}?hydrate`);
        await shows(page, 'paused', `Manager 1: ${HELD} bytes, unknown files`);
        assert.match(await page.evaluate(() => globalThis.served), /data-status="idle".*Manager 1: 0 bytes/s);
        assert.deepEqual(complaints, []);
      });
    }

    // A change of a source reloads the page of these apps of Angular and Lit. test/frameworks updates components by the CLI of Angular.
    if (framework !== 'angular' && framework !== 'lit') hotUpdates(framework);
  });
}

/** @param {'react' | 'vue' | 'svelte'} framework */
function hotUpdates(framework) {
  const view = { react: 'View.jsx', vue: 'View.vue', svelte: 'View.svelte' }[framework];

  it('survives a hot update of its component while it downloads', async () => {
    const { page } = visit;
    await startDownload(page);
    await app.edit(view, 'data-view="1"', 'data-view="2"');
    await page.locator('[data-view="2"]').waitFor();
    await shows(page, 'downloading', `Manager 1: ${HELD} bytes, 1 files`);
    assert.deepEqual(await page.evaluate(() => [globalThis.managers.length, ...globalThis.calls]), [1, 'connect Manager 1']);
    assert.equal(app.ranges.length, 1);
    await page.getByRole('button', { name: 'Pause' }).click();
    await shows(page, 'paused', `Manager 1: ${HELD} bytes, 1 files`);
  });

  for (const disposes of [true, false]) {
    it(`connects the new object after a hot update of its module, ${disposes ? 'which disposes the old one' : 'without dispose()'}`, async () => {
      if (disposes) {
        await app.edit('downloads.js', '(globalThis.managers', 'import.meta.hot.dispose(() => downloads.dispose());\n(globalThis.managers');
        await visit.page.goto(app.url);
      }
      const { page } = visit;
      await startDownload(page);
      await app.edit('downloads.js', 'Manager 1', 'Manager 2');
      await page.waitForFunction(() => globalThis.managers.length === 2);
      await page.getByText('Manager 2:').waitFor();
      await page.waitForFunction(() => globalThis.calls.includes('disconnect Manager 1'));
      assert.deepEqual(await page.evaluate(() => globalThis.calls), ['connect Manager 1', 'connect Manager 2', 'disconnect Manager 1']);
      assert.equal(await page.evaluate(() => globalThis.managers[0].getState('own').status), 'cancelled');
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await shows(page, 'completed', `Manager 2: ${SIZE} bytes, 1 files`);
      await page.locator('model-progress-mini').getByText('Ready to use', { exact: true }).waitFor();
      assert.match(app.ranges[1] ?? '', /^bytes=[1-9]\d*-$/, 'it continues with the stored bytes');
    });
  }
}

/**
 * Downloads until the server stalls.
 *
 * @param {import('playwright-core').Page} page
 */
async function startDownload(page) {
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await shows(page, 'downloading', `Manager 1: ${HELD} bytes, 1 files`);
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} status
 * @param {string} text
 */
async function shows(page, status, text) {
  await page.locator(`[data-status="${status}"]`).getByText(text, { exact: true }).waitFor({ timeout: 20_000 });
}
