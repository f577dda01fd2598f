// A browser with a profile of its own on the disk: a private window would keep Cache Storage in memory.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../../browsers/find-chromium.js';

const own = [
  // The cache takes files of up to an eighth of its size.
  '--disk-cache-size=8000000000',
];

/**
 * @template T
 * @param {string} keyHash The public key whose certificate is accepted. `--ignore-certificate-errors` would disable the cache.
 * @param {(page: import('playwright-core').Page, version: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function inFreshBrowser(keyHash, use) {
  const { executablePath, args, env } = await findChromium();
  const profile = await mkdtemp(join(tmpdir(), 'model-download-loads-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...args, ...own, `--ignore-certificate-errors-spki-list=${keyHash}`],
    ...(env ? { env } : {}),
  });
  try {
    const [page] = context.pages();
    return await use(page, context.browser()?.version() ?? '');
  } finally {
    await context.close();
    // Processes of the browser may write for a moment after it has closed.
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
