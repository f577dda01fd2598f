// Browsers with profiles on the disk: a private window would keep Cache Storage in memory.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../../browsers/find-chromium.js';

const own = [
  // The cache takes files of up to an eighth of its size.
  '--disk-cache-size=8000000000',
];

/** A profile of Chromium, from which each visit starts a browser: code that is compiled is shared within one process. */
export class Profile {
  #folder;
  #keyHash;

  /**
   * @param {string} folder
   * @param {string} keyHash
   */
  constructor(folder, keyHash) {
    this.#folder = folder;
    this.#keyHash = keyHash;
  }

  /** @param {string} keyHash The public key whose certificate is accepted. `--ignore-certificate-errors` would disable the cache. */
  static async create(keyHash) {
    return new Profile(await mkdtemp(join(tmpdir(), 'model-download-loads-')), keyHash);
  }

  /**
   * Opens a page of a new browser.
   *
   * @template T
   * @param {(page: import('playwright-core').Page) => Promise<T>} use
   * @returns {Promise<T>}
   */
  async open(use) {
    const { executablePath, args, env } = await findChromium();
    const context = await chromium.launchPersistentContext(this.#folder, {
      executablePath,
      args: [...args, ...own, `--ignore-certificate-errors-spki-list=${this.#keyHash}`],
      ...(env ? { env } : {}),
    });
    try {
      const [page] = context.pages();
      return await use(page);
    } finally {
      await context.close();
    }
  }

  async remove() {
    // Processes of the browser may write for a moment after it has closed.
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
