// The page of a folder of tests, with the package as it ships and the real Transformers.js.
import { createServer } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { createHub } from '../../demo/hub/create-hub.js';
import { ensureModels } from '../../demo/models/ensure-models.js';

const root = join(import.meta.dirname, '../..');

/** Address of a folder → where it is. */
const folders = {
  '/dist/': 'dist',
  '/node_modules/': 'node_modules',
  '/demo/': 'demo/site',
};

/** A page that must not be stored is not kept aside either when its visitor leaves it for a moment. */
const setHeaders = (response) => void response.setHeader('Cache-Control', 'no-cache');

/**
 * Starts the page's server and its own hub, whose log and controls the tests use directly.
 *
 * @param {string} [page] The folder of the page.
 * @returns {Promise<{ url: string, hub: import('../../demo/hub/create-hub.js').LocalHub, manifest: import('../../demo/models/ensure-models.js').Manifest, close: () => Promise<void> }>}
 */
export async function serve(page = 'test/links/page') {
  const modelsDir = join(root, '.models');
  const manifest = await ensureModels({ dir: modelsDir });
  const hub = await createHub({ modelsDir });
  const routes = Object.entries({ ...folders, '/': page }).map(([prefix, folder]) => ({
    prefix,
    answer: sirv(join(root, folder), { dev: true, setHeaders }),
  }));
  const server = createServer((request, response) => {
    const { prefix, answer } = routes.find((route) => request.url?.startsWith(route.prefix)) ?? routes[routes.length - 1];
    request.url = request.url?.slice(prefix.length - 1);
    answer(request, response, () => void response.writeHead(404).end('Not found'));
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    hub,
    manifest,
    async close() {
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), hub.close()]);
    },
  };
}
