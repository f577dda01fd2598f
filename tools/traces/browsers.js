import puppeteer from 'puppeteer-core';
import { findChromium } from '../browsers/find-chromium.js';
import { findFirefox } from '../browsers/find-firefox.js';
import { NodeClient } from './node-client.js';

/**
 * @typedef {'chromium' | 'firefox' | 'node'} Engine
 * @typedef {import('./page.js').Request} Request
 * @typedef {object} Client Where one load runs.
 * @property {() => Promise<number>} now Its clock.
 * @property {(request: Request, device: { modelsDir: string, files: string[] }) => Promise<void>} prepare
 * @property {(request: Request) => Promise<import('./load.js').Recorded>} run
 * @property {() => Promise<void>} close
 */

/**
 * A page in a separate browser, with an empty profile.
 *
 * @implements {Client}
 */
class BrowserClient {
  #browser;
  #page;

  /**
   * @param {import('puppeteer-core').Browser} browser
   * @param {import('puppeteer-core').Page} page
   */
  constructor(browser, page) {
    this.#browser = browser;
    this.#page = page;
  }

  /** @returns {Promise<number>} */
  now() {
    return this.#page.evaluate(() => globalThis.traces.now());
  }

  /** @param {Request} request */
  async prepare(request) {
    await this.#page.evaluate((request) => globalThis.traces.prepare(request), request);
  }

  /** @param {Request} request */
  async run(request) {
    // Firefox's protocol has its own format for objects, which is slow for thousands of them.
    return JSON.parse(await this.#page.evaluate(async (request) => JSON.stringify(await globalThis.traces.run(request)), request));
  }

  close() {
    return this.#browser.close();
  }
}

/**
 * @param {Engine} engine
 * @param {{ pageUrl: string, slowdown?: number | undefined }} settings `slowdown` is how many times slower a page computes.
 * @returns {Promise<Client>}
 */
export async function openClient(engine, { pageUrl, slowdown }) {
  if (engine === 'node') return NodeClient.open();
  const browser = await puppeteer.launch({ ...(await optionsOf(engine)), protocolTimeout: 120_000 });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`  ${error instanceof Error ? error.message : error}`));
  if (slowdown !== undefined) await page.emulateCPUThrottling(slowdown);
  await page.goto(pageUrl);
  await page.waitForFunction(() => 'traces' in globalThis);
  return new BrowserClient(browser, page);
}

/** @param {Exclude<Engine, 'node'>} engine */
async function optionsOf(engine) {
  if (engine === 'chromium') {
    const { executablePath, args, headless, env } = await findChromium();
    return { executablePath, args, headless, ...(env ? { env } : {}) };
  }
  const options = findFirefox();
  if (!options) throw new Error('Firefox is not installed; set FIREFOX_PATH to its path');
  return { ...options, headless: true };
}
