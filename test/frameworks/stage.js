// The setup of the apps' tests: a hub with a scope for each app, a server for the built files, and one browser.
import { createServer } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { createHub } from '../../demo/hub/create-hub.js';
import { ensureModels } from '../../demo/models/ensure-models.js';
import { launch, openPage } from '../e2e/demo/chromium.js';

const runtimeDir = join(import.meta.dirname, '../../node_modules/transformers-v4/node_modules/onnxruntime-web/dist');

/** Starts a hub and a browser. */
export async function openStage() {
  const modelsDir = join(import.meta.dirname, '../../.models');
  await ensureModels({ dir: modelsDir });
  const [hub, browser, runtime] = await Promise.all([
    createHub({ modelsDir }),
    launch(),
    serveFolder(runtimeDir, { 'access-control-allow-origin': '*' }),
  ]);
  return {
    /** @param {string} name */
    link: (name) => hub.scope(name),
    hub,
    /** Where the files of the ONNX runtime are. */
    runtimeUrl: runtime.url,
    visit: () => openPage(browser),
    close: () => Promise.all([browser.close(), hub.close(), runtime.close()]),
  };
}

/**
 * Serves a folder.
 *
 * @param {string} dir
 * @param {Record<string, string>} [headers] Of every answer.
 */
export async function serveFolder(dir, headers = {}) {
  const answer = sirv(dir, { dev: true });
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    answer(request, response, () => void response.writeHead(404).end('Not found'));
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
