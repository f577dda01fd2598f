// `npm run docs`: serves the built site as a static host does.
import { createServer } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

const site = join(import.meta.dirname, '../../build/site');
const host = '127.0.0.1';

/**
 * Serves the built site.
 *
 * @param {{ port?: number }} [options] A port of 0 selects a free one.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveDocs({ port = 0 } = {}) {
  const pages = sirv(site, { dev: true });
  const server = createServer((request, response) => {
    pages(request, response, () => void response.writeHead(404).end('Not found'));
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(undefined));
  });
  const address = server.address();
  const url = `http://${host}:${typeof address === 'object' ? address?.port : port}/`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve(undefined)));
  };
  return { url, close };
}

if (process.argv[1] === import.meta.filename) {
  const { url } = await serveDocs({ port: Number(process.env.PORT ?? 8010) });
  console.log(`\n  The documentation is at ${url}\n`);
}
