import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import sirv from 'sirv';
import { createHub } from '../../demo/hub/create-hub.js';
import { ensureModels } from '../../demo/models/ensure-models.js';
import { findChromium } from '../browsers/find-chromium.js';
import { bundlePage } from '../bundle-page.js';
import { mainThreadDuring } from './main-thread.js';

const root = join(import.meta.dirname, '../..');
const modelsDir = join(root, '.models');
const model = 'local/large-chat';
const path = 'onnx/model_quantized.onnx';

/** How long a browser rests after a run, in ms, so that the run does not slow the next one. */
const rest = 300;

/**
 * @typedef {{ bandwidth?: number, layer?: { segmentSize?: number, verify?: 'always' | 'never' } }} Run
 *   `bandwidth` in bytes per second; without `layer` the download is a plain `fetch`.
 */

/** A page in a separate browser. Each method returns milliseconds. */
export class LabPage {
  /** How many workers the page has started. */
  workers = 0;
  #page;
  #lab;

  /**
   * @param {import('playwright-core').Page} page
   * @param {Lab} lab
   */
  constructor(page, lab) {
    this.#page = page;
    this.#lab = lab;
    page.on('worker', () => this.workers++);
  }

  /** Collects the garbage of the page. */
  collectGarbage() {
    return this.#page.requestGC();
  }

  /** @param {Run} run */
  download({ bandwidth = 0, layer }) {
    return this.#call('download', { url: this.#lab.addressAt(bandwidth), sha256: this.#lab.file.sha256, layer });
  }

  /** @param {{ size: number, segmentSize: number }} run */
  store(run) {
    return this.#call('store', run);
  }

  /** @param {{ size: number, piece: number, library: 'hash-wasm' | 'noble' }} run */
  hash(run) {
    return this.#call('hash', run);
  }

  /**
   * @param {string} name
   * @param {object} run
   * @returns {Promise<number>}
   */
  async #call(name, run) {
    const took = await this.#page.evaluate(([name, run]) => globalThis.bench[name](run), [name, run]);
    await this.#page.evaluate(() => globalThis.bench.clear());
    await delay(rest);
    return took;
  }
}

/** The hub, the page's server, and browsers. */
export class Lab {
  /** The version of the browser that was opened last. */
  browserVersion = '';
  #hub;
  #server;
  #runs = 0;

  /**
   * @param {import('../../demo/hub/create-hub.js').LocalHub} hub
   * @param {import('node:http').Server} server
   * @param {{ size: number, sha256: string }} file The file of every run.
   */
  constructor(hub, server, file) {
    this.#hub = hub;
    this.#server = server;
    this.file = file;
  }

  static async open() {
    const { models } = await ensureModels({ dir: modelsDir, log: console.log });
    const file = models.find(({ id }) => id === model)?.files.find((file) => file.path === path);
    if (!file) throw new Error(`The hub has no ${model}/${path}`);
    const [pages, modules] = [await bundlePage(import.meta.dirname, 'bench'), root].map((dir) => sirv(dir, { dev: true }));
    const server = createServer((request, response) => {
      // A worker has no import map, so it is the bundled one.
      request.url = request.url?.replace('/dist/transfer/integrity/hash-worker.js', '/dist/cdn/hash-worker.js');
      pages(request, response, () => modules(request, response));
    }).listen(0, '127.0.0.1');
    return new Lab(await createHub({ modelsDir }), server, file);
  }

  /**
   * The file's address in a scope of this run only, so that no cache has it.
   *
   * @param {number} bandwidth
   */
  addressAt(bandwidth) {
    const scope = this.#hub.scope(`bench-${this.#runs++}`);
    scope.control.set({ bandwidth });
    return `${scope.url}${model}/resolve/main/${path}`;
  }

  /**
   * Gives `use` a page of a fresh browser. It has a profile on disk: a private window would keep
   * Cache Storage in memory.
   *
   * @template T
   * @param {(page: LabPage) => Promise<T>} use
   * @returns {Promise<T>}
   */
  async inBrowser(use) {
    return this.inPage('', async (page) => {
      await page.evaluate((size) => globalThis.bench.reserve(size), this.file.size);
      return use(new LabPage(page, this));
    });
  }

  /**
   * Loads the file `count` times at once in a fresh browser, with the elements on screen or by plain
   * fetches, and returns the time of each owner on the main thread, in ms.
   *
   * @param {{ count: number, concurrency: number, bandwidth: number, isPlain?: boolean, isCrowded?: boolean }} run
   *   `bandwidth` in bytes per second of each.
   */
  async crowd({ count, concurrency, bandwidth, isPlain = false, isCrowded = false }) {
    const { size } = this.file;
    const urls = Array.from({ length: count }, () => this.addressAt(bandwidth));
    const run = { urls, file: basename(path), size, concurrency, isCrowded };
    return this.inPage('tools/bench/crowd.html', async (page) => {
      await page.waitForFunction(() => globalThis.crowd);
      return mainThreadDuring(page, () =>
        page.evaluate(([load, run]) => globalThis.crowd[load](run), [isPlain ? 'loadPlainly' : 'load', run]),
      );
    });
  }

  /**
   * Opens a path of the page's server in a fresh browser.
   *
   * @template T
   * @param {string} path
   * @param {(page: import('playwright-core').Page) => Promise<T>} use
   * @returns {Promise<T>}
   */
  async inPage(path, use) {
    const { executablePath, args, env } = await findChromium();
    const profile = await mkdtemp(join(tmpdir(), 'model-download-bench-'));
    const context = await chromium.launchPersistentContext(profile, { executablePath, args, ...(env ? { env } : {}) });
    try {
      this.browserVersion = context.browser()?.version() ?? '';
      const [page] = context.pages();
      const address = this.#server.address();
      await page.goto(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/${path}`);
      return await use(page);
    } finally {
      await context.close();
      // Processes of the browser may write for a moment after it has closed.
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await this.#hub.close();
  }
}
