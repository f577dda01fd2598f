import { chromium } from 'playwright-core';
import { findChromium } from '../../../tools/browsers/find-chromium.js';

/** Starts the installed Chromium, or the one inside the npm package. */
export async function launch() {
  const { executablePath, args, env } = await findChromium();
  return chromium.launch({ executablePath, args, ...(env ? { env } : {}) });
}

/**
 * Opens a page whose uncaught errors fail the test that reads them.
 *
 * @param {import('playwright-core').Browser} browser
 */
export async function openPage(browser) {
  const context = await browser.newContext();
  // A command takes seconds on a busy machine. A wait for an event that never occurs must still end.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return { page, errors, close: () => context.close() };
}
