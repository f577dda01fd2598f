// `npm start`: creates missing models, starts the hub on loopback, and prints one URL.
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { bundleAi } from './bundle-ai.js';
import { createHub } from './hub/create-hub.js';
import { ensureModels } from './models/ensure-models.js';

const root = join(import.meta.dirname, '..');
const host = '127.0.0.1';

/**
 * Starts the demo: its pages, the built package, and the runtimes.
 *
 * @param {{ port?: number, log?: (line: string) => void }} [options] A port of 0 selects a free one.
 * @returns {Promise<{ url: string, hubUrl: string, close: () => Promise<void> }>}
 */
export async function startDemo({ port = 0, log = () => undefined } = {}) {
  const modelsDir = join(root, '.models');
  await ensureModels({ dir: modelsDir, log });
  const hub = await createHub({ modelsDir });
  const pages = sirv(join(root, 'demo/site'), { dev: true });
  const folders = ['dist', 'node_modules', 'themes'].map((name) => ({
    prefix: `/${name}/`,
    // With an ETag, as a package CDN has: browsers and the transfer layer keep nothing of a file with `no-store`.
    serve: sirv(join(root, name), { dev: true, dotfiles: false, etag: true }),
  }));
  const server = createServer((request, response) => {
    const notFound = () => void response.writeHead(404).end('Not found');
    // The manifest of the elements, for the page with all looks.
    if (request.url === '/custom-elements.json') return void createReadStream(join(root, 'custom-elements.json')).pipe(response);
    if (request.url === '/hub.json') return void response.end(JSON.stringify({ hubUrl: hub.url }));
    if (request.url === '/ai.js') return void sendAi(response);
    const folder = folders.find(({ prefix }) => request.url?.startsWith(prefix));
    if (!folder) return pages(request, response, notFound);
    request.url = request.url?.slice(folder.prefix.length - 1) ?? '/';
    folder.serve(request, response, notFound);
  });
  const url = await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(`http://${host}:${typeof address === 'object' ? address?.port : port}/`);
    });
  });
  const close = async () => {
    server.closeAllConnections();
    await Promise.all([new Promise((resolve) => server.close(resolve)), hub.close()]);
  };
  return { url, hubUrl: hub.url, close };
}

/** @param {import('node:http').ServerResponse} response */
async function sendAi(response) {
  try {
    const code = await bundleAi();
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(code);
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}

if (process.argv[1] === import.meta.filename) {
  const { url } = await startDemo({ port: Number(process.env.PORT ?? 8000), log: console.log });
  console.log(`\n  The demo is at ${url}\n`);
}
