import { chromium } from 'playwright-core';
import { findChromium } from '../../../tools/browsers/find-chromium.js';

/** How long a start and a command may take, in ms: seconds on a busy machine. A wait for an event that never occurs must still end. */
export const PATIENCE = 120_000;

/** Starts the installed Chromium, or the one inside the npm package. */
export async function launch() {
  const { executablePath, args, env } = await findChromium();
  return chromium.launch({ executablePath, args, timeout: PATIENCE, ...(env ? { env } : {}) });
}

/**
 * Opens a page whose uncaught errors fail the test that reads them.
 *
 * @param {import('playwright-core').Browser} browser
 */
export async function openPage(browser) {
  const context = await browser.newContext();
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return { page, errors, close: () => context.close() };
}
