// The requests of the samples to the internet, answered by this machine.
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const runtime = 'node_modules/transformers-v4/node_modules/onnxruntime-web/dist';

/** Address on the internet → file of this project. @type {[RegExp, (name: string) => string][]} */
const files = [
  [/^\/npm\/model-download$/, () => 'dist/cdn/model-download.iife.js'],
  [/^\/npm\/model-download\/(dist\/cdn\/[\w.-]+)$/, (name) => name],
  [/^\/npm\/@huggingface\/transformers@4$/, () => 'node_modules/transformers-v4/dist/transformers.min.js'],
  [/^\/npm\/onnxruntime-web@[^/]+\/dist\/(.+)$/, (name) => `${runtime}/${name}`],
];

/**
 * Answers every request that leaves this machine: packages from `node_modules`, the files of any model by those of a
 * small one of the local hub.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} hubUrl
 */
export async function answerFromHere(page, hubUrl) {
  await page.route('**/*', async (route) => {
    const { hostname, pathname } = new URL(route.request().url());
    if (hostname === '127.0.0.1') return route.continue();
    if (hostname === 'huggingface.co') {
      const file = pathname.split('/resolve/main/')[1];
      const response = await fetch(`${hubUrl}/local/sentiment/resolve/main/${file}`);
      const headers = { 'access-control-allow-origin': '*', 'content-length': response.headers.get('content-length') ?? '0' };
      return route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) });
    }
    for (const [pattern, fileOf] of files) {
      const match = pattern.exec(pathname);
      if (!match) continue;
      const path = join(root, fileOf(match[1]));
      const contentType = path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
      return route.fulfill({ path, contentType, headers: { 'access-control-allow-origin': '*' } });
    }
    return route.abort();
  });
}
