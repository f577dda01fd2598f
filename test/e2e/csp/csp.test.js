// The three tags and a real download under a strict Content-Security-Policy: nothing is refused, and nothing more
// is allowed than docs/csp.md lists.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sirv from 'sirv';
import { download, journey } from '../../frameworks/journey.js';
import { openStage } from '../../frameworks/stage.js';

const root = join(import.meta.dirname, '../../..');

let stage;
let site;

before(async () => {
  stage = await openStage();
  site = await serve();
});

after(async () => {
  await Promise.all([stage?.close(), site?.close()]);
});

/** Sends each page and each worker with the policy in its address. */
async function serve() {
  const [pages, files] = [join(root, 'test/e2e/csp/page'), root].map((dir) => sirv(dir, { dev: true }));
  const server = createServer((request, response) => {
    const policy = new URL(request.url ?? '/', 'http://page').searchParams.get('policy');
    if (policy) response.setHeader('content-security-policy', policy);
    const answer = /^\/(dist|node_modules)\//.test(request.url ?? '') ? files : pages;
    answer(request, response, () => void response.writeHead(404).end('Not found'));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}/`, close };
}

describe('a strict policy', { concurrency: true }, () => {
  const wasm = "'self' 'wasm-unsafe-eval'";

  it('allows the three tags and a download with a hash', () => underPolicy('nowhere', download));
  it("allows a pipeline in the page, with 'wasm-unsafe-eval'", () => underPolicy('page', journey, { scripts: wasm }));
  it("allows a pipeline in a worker, with 'wasm-unsafe-eval'", () => underPolicy('worker', journey, { scripts: wasm }));
  it('computes the hash in the page if it refuses workers', () =>
    underPolicy('nowhere', download, {
      name: 'no-workers',
      workers: "'none'",
      refused: [...Array(2).fill(`worker-src ${hashWorker()}`), 'script-src wasm-eval'],
    }));
  it('allows the hash worker if addresses of scripts must be trusted', () =>
    underPolicy('nowhere', download, { name: 'trusted', trusted: 'lit-html model-download' }));
  it('computes the hash in the page if it refuses the package’s own policy', () =>
    underPolicy('nowhere', download, {
      name: 'distrusted',
      trusted: 'lit-html',
      refused: ['trusted-types trusted-types-policy', 'script-src wasm-eval'],
    }));
});

it('reports the policy that the tags need if creating one is refused', async () => {
  const { page, errors, close } = await stage.visit();
  const said = page.waitForEvent('console', (message) => message.text().startsWith('model-download'));
  const policy = "script-src 'self'; trusted-types 'none'; require-trusted-types-for 'script'";
  await page.goto(`${site.url}?${new URLSearchParams({ runs: 'nowhere', hub: stage.hub.url, policy })}`);
  assert.match((await said).text(), /`trusted-types lit-html`/);
  assert.equal(errors.length, 1, 'what Lit throws');
  await close();
});

const hashWorker = () => `${site.url}dist/cdn/hash-worker.js`;

/**
 * @param {'nowhere' | 'page' | 'worker'} runs Where the model does.
 * @param {typeof journey} act
 * @param {{ name?: string, scripts?: string, workers?: string, trusted?: string, refused?: string[] }} [options]
 *   What it must allow, and what it must refuse.
 */
async function underPolicy(runs, act, { name = runs, scripts = "'self'", workers = "'self'", trusted, refused = [] } = {}) {
  const link = stage.link(name);
  const policy = [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self'",
    `worker-src ${workers}`,
    `connect-src 'self' ${stage.hub.url} ${stage.hub.cdnUrl}`,
    "base-uri 'none'",
    "form-action 'none'",
    ...(trusted ? [`trusted-types ${trusted}`, "require-trusted-types-for 'script'"] : []),
  ].join('; ');
  const { page, errors, close } = await stage.visit();
  await page.addInitScript(() => {
    globalThis.violations = [];
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      globalThis.violations.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  /** @type {string[]} */
  const started = [];
  page.on('worker', (worker) => started.push(worker.url()));
  const response = await page.goto(`${site.url}?${new URLSearchParams({ runs, hub: link.url, policy })}`);
  assert.equal(response?.headers()['content-security-policy'], policy);
  await act(page, link);
  const height = await page.locator('model-progress-mini [part=track]').evaluate((track) => track.getBoundingClientRect().height);
  assert.ok(height > 0 && height < 16, 'the styles of the tags are in');
  // A file that was cut is checked; the browser reports only workers that the page itself started.
  if (runs !== 'worker') assert.deepEqual(started, refused.length > 0 ? [] : [hashWorker()]);
  assert.deepEqual(await page.evaluate(() => globalThis.violations), refused);
  assert.deepEqual(errors, []);
  await close();
}
