// A page whose model is in a worker, on the same ground as the pages that load it themselves.
import assert from 'node:assert/strict';
import { Tab } from './support.js';

/** One page with the download of a model in a worker. */
export class WorkerTab extends Tab {
  /**
   * @param {import('./support.js').Profile} profile
   * @param {import('./support.js').Link} link
   */
  static async open(profile, link, options = {}) {
    const page = await profile.context.newPage();
    page.on('pageerror', (error) => profile.errors.push(error.message));
    const address = new URL(link.address(options));
    address.pathname = '/worker.html';
    await page.goto(address.href);
    const tab = new WorkerTab(page, link);
    await tab.isReady();
    return tab;
  }

  /** How many workers were started. */
  workers() {
    return this.page.evaluate(() => globalThis.workers.length);
  }

  /** Ends the worker as its page, or the system, does: without a message. */
  async kill() {
    await this.page.evaluate(() => globalThis.workers.at(-1).terminate());
  }

  /** @override */
  async works() {
    const { input, options, expected } = this.link.model.sample;
    const state = await this.reaches('completed');
    const output = await this.page.evaluate(([text, settings]) => /** @type {any} */ (globalThis).run(text, settings), [input, options]);
    assert.deepEqual(output[0], expected);
    return state;
  }
}
