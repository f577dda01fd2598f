// Vite replaces modules of a page while it downloads, as docs/how-to/several-models.md describes.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { createServer } from 'vite';
import { launch, openPage } from '../demo/chromium.js';

const root = join(import.meta.dirname, '../../..');
const FILE = Buffer.alloc(2_000_000, 7);
/** Bytes after which the first answer stalls. */
const HELD = 1_000_000;

const html = `<!doctype html><html lang="en"><title>App</title>
  <model-progress-mini model-key="own"></model-progress-mini><script type="module" src="/main.js"></script>`;

/** @param {{ version: number, disposes: boolean }} options */
const managerModule = ({ version, disposes }) => `
import 'model-download/define';
import { ModelDownloads } from 'model-download';
const name = 'Manager ${version}';
const load = async ({ fetch, signal }) => (await (await fetch('/own.bin', { signal })).arrayBuffer()).byteLength;
export const downloads = new ModelDownloads({ models: { own: { name, load, files: [{ file: 'own.bin', size: ${FILE.length} }] } } });
downloads.connect(document);
(globalThis.managers ??= []).push(downloads);
import.meta.hot.accept();
${disposes ? 'import.meta.hot.dispose(() => downloads.dispose());' : ''}
`;

/** @param {number} version */
const viewModule = (version) => `document.documentElement.dataset.view = '${version}'; import.meta.hot.accept();`;

let browser;
let folder;
let server;
let visit;
/** @type {(string | undefined)[]} */
let ranges;

before(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), 'model-download-hot-'));
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules/model-download'));
  await writeFile(join(folder, 'index.html'), html);
  await writeFile(join(folder, 'main.js'), `import './downloads.js';\nimport './view.js';\n`);
  await write(1, true);
  server = await createServer({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    server: { port: 0, host: '127.0.0.1', fs: { strict: false } },
    optimizeDeps: { include: ['model-download', 'model-download/define'] },
    plugins: [{ name: 'file', configureServer: ({ middlewares }) => void middlewares.use('/own.bin', answer) }],
  });
  await server.listen();
});

after(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

beforeEach(async () => {
  ranges = [];
  visit = await openPage(browser);
});

afterEach(async () => {
  assert.deepEqual(visit.errors, []);
  await visit.close();
});

describe('a hot update while a model downloads', () => {
  for (const disposes of [true, false]) {
    it(`of the module with the manager, ${disposes ? 'which it disposes' : 'without dispose()'}, leaves one that continues with the stored bytes`, async () => {
      const { page } = visit;
      await write(1, disposes);
      await startDownload(page);
      await write(2, disposes);
      await page.waitForFunction(() => globalThis.managers.length === 2);
      const ended = await page.waitForFunction(() => globalThis.ended);
      assert.equal(await ended.jsonValue(), 'AbortError', 'the load of the earlier one has ended');
      const told = await page.evaluate(answersOf);
      assert.deepEqual(told, ['Manager 2'], 'one speaks');
      assert.equal(await page.evaluate(() => globalThis.managers[1].load('own')), FILE.length);
      await page.locator('model-progress-mini').getByText('Ready to use', { exact: true }).waitFor();
      assert.equal(await page.locator('model-progress-mini').count(), 1);
      assert.deepEqual(await page.evaluate(() => [...new Set(globalThis.tellers)]), ['Manager 1', 'Manager 2'], 'and never in turns');
      assert.equal(ranges.length, 2);
      assert.match(ranges[1] ?? 'from its start', /^bytes=[1-9]\d*-$/, 'it went on where it was');
    });
  }

  it('of another module does not affect the download', async () => {
    const { page } = visit;
    await write(1, true);
    await startDownload(page);
    await writeFile(join(folder, 'view.js'), viewModule(2));
    await page.locator('html[data-view="2"]').waitFor();
    assert.deepEqual(
      await page.evaluate(() => [globalThis.managers.length, globalThis.managers[0].getState('own').status, globalThis.ended]),
      [1, 'downloading', undefined],
    );
    assert.equal(ranges.length, 1);
  });
});

/**
 * Opens the page and downloads until the server stalls.
 *
 * @param {import('playwright-core').Page} page
 */
async function startDownload(page) {
  await page.goto(server.resolvedUrls.local[0]);
  await page.waitForFunction(() => globalThis.managers?.length === 1);
  await page.evaluate(() => {
    globalThis.tellers = [];
    document.addEventListener('model-download-change', ({ detail }) => {
      const { modelName } = detail.state;
      if (globalThis.tellers.at(-1) !== modelName) globalThis.tellers.push(modelName);
    });
    globalThis.managers[0].load('own').catch((error) => (globalThis.ended = error.name));
  });
  await page.waitForFunction((held) => globalThis.managers[0].getState('own').bytesDownloaded === held, HELD);
}

/** In the page: the managers that answer a query of an element. */
function answersOf() {
  /** @type {string[]} */
  const names = [];
  const detail = { modelKey: 'own', answer: ({ modelName }) => void names.push(modelName) };
  document.dispatchEvent(new CustomEvent('model-download-query', { detail }));
  return names;
}

/**
 * @param {number} version
 * @param {boolean} disposes
 */
async function write(version, disposes) {
  await writeFile(join(folder, 'view.js'), viewModule(1));
  await writeFile(join(folder, 'downloads.js'), managerModule({ version, disposes }));
}

/** Sends half of the file at first, and the rest to a request that continues it. */
function answer(request, response) {
  const { range } = request.headers;
  ranges.push(range);
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  const headers = {
    'accept-ranges': 'bytes',
    etag: '"one"',
    'content-length': FILE.length - from,
    'content-type': 'application/octet-stream',
  };
  if (range)
    response.writeHead(206, { ...headers, 'content-range': `bytes ${from}-${FILE.length - 1}/${FILE.length}` }).end(FILE.subarray(from));
  else response.writeHead(200, headers).write(FILE.subarray(0, HELD));
}
