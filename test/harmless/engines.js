// The browsers of the visits. Each keeps its caches from one page to the next.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { findChromium } from '../../tools/browsers/find-chromium.js';
import { findFirefox } from '../../tools/browsers/find-firefox.js';
import { hasWebKit, WebKitSession } from '../../tools/browsers/webkit-session.js';

/** The name of a host that is not secure, like one in a home network; only Chromium is configured to resolve it. */
export const INSECURE_HOST = 'model.test';

/**
 * @typedef {object} Engine
 * @property {(url: string, tabs?: number) => Promise<() => Promise<void>>} open Opens a page, in several tabs if the browser can,
 *   and resolves with a function that closes it.
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} name `chromium`, `firefox` or `webkit`.
 * @returns {Promise<Engine>}
 */
export async function openEngine(name) {
  if (name === 'webkit') return openWebKit();
  const profile = await mkdtemp(join(tmpdir(), 'harmless-'));
  const browser = await puppeteer.launch({ ...(await optionsOf(name)), userDataDir: profile, timeout: 120_000, protocolTimeout: 0 });
  // A new tab costs more than a visit. A busy machine loses one now and then.
  let [page] = await browser.pages();
  const livePage = async () => {
    if (!page || page.mainFrame().detached) page = await browser.newPage();
    // On a busy machine a command takes minutes: only the suite's limit, or the row's, ends a visit.
    page.setDefaultTimeout(0);
    return page;
  };
  return {
    async open(url, tabs = 1) {
      const more = await Promise.all(Array.from({ length: tabs - 1 }, () => browser.newPage()));
      const all = [await livePage(), ...more];
      await Promise.all(all.map((tab) => tab.goto(url, { waitUntil: 'domcontentloaded', timeout: 0 })));
      return async () => {
        await Promise.all(more.map((tab) => tab.close()));
        await (await livePage()).goto('about:blank', { waitUntil: 'domcontentloaded' });
      };
    },
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** @param {string} name */
async function optionsOf(name) {
  if (name === 'firefox') {
    const firefox = findFirefox();
    if (!firefox) throw new Error('Firefox is not installed.');
    return firefox;
  }
  const { executablePath, args, headless, env } = await findChromium();
  // The cache takes files of up to an eighth of its size, and the runtime's is 27 MB.
  // A page that is left must end, and not be kept aside.
  const own = [
    '--disable-features=BackForwardCache',
    '--disk-cache-size=2000000000',
    `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`,
  ];
  return { executablePath, headless, args: [...args, ...own], ...(env ? { env } : {}) };
}

/** @returns {Promise<Engine>} */
async function openWebKit() {
  if (!hasWebKit) throw new Error('WebKitGTK is not installed.');
  const session = await WebKitSession.start();
  return {
    async open(url) {
      await session.command('POST', '/url', { url });
      return async () => void (await session.command('POST', '/url', { url: 'about:blank' }));
    },
    close: () => session.stop(),
  };
}
