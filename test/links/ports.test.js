// Pages whose storage is there but refuses: a download is whole, and survives a cut.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium } from 'playwright-core';
import { PATIENCE } from '../e2e/demo/chromium.js';
import { findChromium } from '../../tools/browsers/find-chromium.js';

const root = join(import.meta.dirname, '../..');
const BYTES = Uint8Array.from({ length: 1_000_000 }, (_, index) => (index * 7) ^ (index >> 8));
const SUM = BYTES.reduce((sum, byte, index) => (sum + byte * (index + 1)) % 1_000_003, 0);

/** Serves the package, pages, and files of which each is cut once, half-way, to every origin. */
async function serve() {
  const cut = new Set();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('Access-Control-Allow-Origin', '*').setHeader('Access-Control-Expose-Headers', '*');
    if (pathname.startsWith('/dist/'))
      return response.setHeader('Content-Type', 'text/javascript').end(await readFile(join(root, pathname)));
    if (pathname === '/frame')
      return response.setHeader('Content-Type', 'text/html').end('<iframe sandbox="allow-scripts" src="/page"></iframe>');
    if (!pathname.startsWith('/file/')) return response.setHeader('Content-Type', 'text/html').end('<title>page</title>');
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const headers = { ETag: '"1"', 'Content-Type': 'application/octet-stream', 'Content-Length': BYTES.length - start };
    response.writeHead(start > 0 ? 206 : 200, {
      ...headers,
      ...(start > 0 && { 'Content-Range': `bytes ${start}-${BYTES.length - 1}/${BYTES.length}` }),
    });
    if (cut.has(pathname)) return response.end(BYTES.subarray(start));
    cut.add(pathname);
    response.write(BYTES.subarray(0, BYTES.length / 2), () => setImmediate(() => response.destroy()));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  return { server, url: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}` };
}

/** Runs in the page: one download, the stored bytes of another, and the page's own storage. */
async function download({ address, isSilent }) {
  const { createDownloadFetch, platformStore } = await import('/dist/transfer/internal.js');
  const { openCache } = await import('/dist/transfer/store/open-cache.js');
  const opening = isSilent ? Promise.reject(new DOMException('', 'none')) : Promise.resolve().then(() => caches.open('plain'));
  const storage = await opening.then(
    () => 'works',
    ({ name }) => name,
  );
  const visit = createDownloadFetch({ random: () => 0, lookUp: () => Promise.resolve(undefined) });
  const bytes = new Uint8Array(await (await visit(address)).arrayBuffer());
  const sum = bytes.reduce((total, byte, index) => (total + byte * (index + 1)) % 1_000_003, 0);
  const store = platformStore();
  await store.append({
    url: 'https://a.example/',
    start: 0,
    bytes: Uint8Array.of(1, 2),
    total: 3,
    validator: undefined,
    writtenBy: 'a',
    keptAt: 1,
  });
  const held = await platformStore().find('https://a.example/');
  return { storage, sum, length: bytes.length, held: held?.length, opens: (await openCache('any')) !== undefined };
}

const hang = () => {
  CacheStorage.prototype.open = () => new Promise(() => undefined);
  LockManager.prototype.request = () => new Promise(() => undefined);
  LockManager.prototype.query = () => new Promise(() => undefined);
};

const refuse = () => {
  const refusal = () => new DOMException('The user has blocked storage', 'SecurityError');
  for (const name of ['open', 'match', 'keys', 'has', 'delete']) CacheStorage.prototype[name] = () => Promise.reject(refusal());
  for (const name of ['request', 'query']) LockManager.prototype[name] = () => Promise.reject(refusal());
  /** @type {any} */ (globalThis).BroadcastChannel = function () {
    throw refusal();
  };
};

describe('a page whose storage refuses', () => {
  let place;
  let folder;
  before(async () => {
    place = await serve();
    folder = await mkdtemp(join(tmpdir(), 'model-download-ports-'));
  });
  after(async () => {
    place.server.closeAllConnections();
    place.server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** @param {{ preferences?: object, script?: () => void, path?: string, storage: string }} environment */
  async function loads({ preferences = {}, script, path = '/page', storage }) {
    const profile = await mkdtemp(join(folder, 'profile-'));
    await mkdir(join(profile, 'Default'));
    await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
    const { executablePath, args, env } = await findChromium();
    const context = await chromium.launchPersistentContext(profile, { executablePath, args, timeout: PATIENCE, ...(env ? { env } : {}) });
    context.setDefaultTimeout(PATIENCE);
    try {
      if (script) await context.addInitScript(script);
      const page = await context.newPage();
      const errors = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      await page.goto(`${place.url}${path}`);
      const frame = page.frames().at(-1);
      const result = await frame.evaluate(download, {
        address: `${place.url}/file/${encodeURIComponent(profile)}`,
        isSilent: storage === 'none',
      });
      assert.deepEqual(errors, []);
      assert.equal(result.storage, storage);
      assert.deepEqual([result.length, result.sum, result.held, result.opens], [BYTES.length, SUM, 2, storage === 'works']);
    } finally {
      await context.close();
    }
  }

  it('loads with a working storage, as a control', () => loads({ storage: 'works' }));

  it('loads in a sandboxed frame, whose origin is opaque', () => loads({ path: '/frame', storage: 'SecurityError' }));

  it('loads with all cookies blocked', () => {
    return loads({ preferences: { profile: { default_content_setting_values: { cookies: 2 } } }, storage: 'SecurityError' });
  });

  it('loads if every port rejects or throws', () => loads({ script: refuse, storage: 'SecurityError' }));

  it('loads if no port answers', () => loads({ script: hang, storage: 'none' }));
});
