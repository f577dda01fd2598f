import { chromeLauncher } from '@web/test-runner-chrome';
import puppeteer from 'puppeteer-core';
import { findChromium } from './find-chromium.js';
import { findFirefox } from './find-firefox.js';
import { WebKitLauncher } from './webkit-launcher.js';
import { hasWebKit } from './webkit-session.js';

/**
 * The installed browsers. `BROWSERS=chromium,firefox,webkit` selects some of them.
 *
 * @returns {Promise<import('@web/test-runner').BrowserLauncher[]>}
 */
export async function launchers() {
  const wanted = (process.env.BROWSERS ?? 'chromium,firefox,webkit').split(',');
  const found = [];
  /** @type {string[]} */
  const skipped = [];
  if (wanted.includes('chromium')) {
    const { source, ...launchOptions } = await findChromium();
    console.log(`Chromium: ${source}`);
    found.push(launcherOf(launchOptions));
  } else skipped.push('Chromium (not in BROWSERS)');
  const firefox = findFirefox();
  if (!wanted.includes('firefox')) skipped.push('Firefox (not in BROWSERS)');
  else if (firefox) found.push(launcherOf(firefox));
  else skipped.push('Firefox (not installed)');
  if (!wanted.includes('webkit')) skipped.push('WebKit (not in BROWSERS)');
  else if (hasWebKit) found.push(/** @type {import('@web/test-runner').BrowserLauncher} */ (new WebKitLauncher()));
  else skipped.push('WebKit (not installed)');
  console.log(skipped.length ? `Skipped: ${skipped.join(', ')}` : 'No engine is skipped.');
  return found;
}

/**
 * Without the events of the network, which no test uses: a page with 400 modules took twice the processors' time in Firefox.
 *
 * @param {object} launchOptions Of puppeteer, which runs Chromium and Firefox.
 */
function launcherOf(launchOptions) {
  return chromeLauncher({
    puppeteer: /** @type {any} */ (puppeteer),
    concurrency: 1,
    launchOptions: /** @type {object} */ ({ ...launchOptions, networkEnabled: false }),
  });
}
