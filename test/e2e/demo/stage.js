// The common setup of the demo's tests: the demo, one browser, and a page for each test.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import { startDemo } from '../../../demo/serve.js';
import { launch, openPage } from './chromium.js';

/**
 * Keeps the returned object up to date for each test of a file. A page's uncaught errors fail its test.
 *
 * @returns {{ demo: Awaited<ReturnType<typeof startDemo>>, page: import('playwright-core').Page }}
 */
export function eachWithDemo() {
  const stage = Object.create(null);
  let browser;
  let visit;

  before(async () => {
    [stage.demo, browser] = await Promise.all([startDemo(), launch()]);
  });

  after(async () => {
    await browser?.close();
    await stage.demo?.close();
  });

  beforeEach(async () => {
    visit = await openPage(browser);
    stage.page = visit.page;
  });

  afterEach(async () => {
    await visit.close();
    assert.deepEqual(visit.errors, []);
  });

  return stage;
}
