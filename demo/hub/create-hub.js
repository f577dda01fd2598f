import { createServer } from 'node:http';
import { readManifest } from '../models/ensure-models.js';
import { answer } from './answer.js';
import { systemClock } from './clock.js';
import { answerControl } from './control-api.js';
import { readRepositories } from './repositories.js';
import { hubRoute, storageRoute } from './routes.js';
import { Scopes } from './scope.js';

/**
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {object} ScopeHandle
 * @property {string} url The value for `env.remoteHost` of Transformers.js; ends with a slash.
 * @property {import('./controls.js').Controls} control
 * @property {import('./request-log.js').RequestLog} log
 * @typedef {object} LocalHub
 * @property {string} url
 * @property {string} cdnUrl The other origin, on which large files are.
 * @property {import('./controls.js').Controls} control
 * @property {import('./request-log.js').RequestLog} log
 * @property {(token: string) => ScopeHandle} scope
 * @property {() => Promise<void>} close
 */

/**
 * Starts a model hub on loopback: one server with the hub's addresses, and a second one for large files, as on the public hub.
 *
 * @param {{ modelsDir: string, port?: number, cdnPort?: number, host?: string, clock?: import('./clock.js').Clock }} options
 * @returns {Promise<LocalHub>}
 */
export async function createHub({ modelsDir, port = 0, cdnPort = 0, host = '127.0.0.1', clock = systemClock }) {
  const manifest = await readManifest(modelsDir);
  const repositories = await readRepositories(modelsDir, manifest);
  const scopes = new Scopes(clock);
  const storageServer = createServer();
  const cdnUrl = await listen(storageServer, cdnPort, host);
  const hub = { repositories, storage: cdnUrl };

  storageServer.on(
    'request',
    handler(scopes, 'cdn', (opening) => answer(opening, storageRoute(opening.url.pathname), hub)),
  );
  const answerHub = handler(scopes, 'hub', (opening) => answer(opening, hubRoute(opening.url.pathname), hub));
  const hubServer = createServer((request, response) => {
    const url = addressOf(request);
    if (!url.pathname.startsWith('/__hub/')) return answerHub(request, response);
    answerControl(request, response, { url, scopes, manifest }).catch(() => response.destroy());
  });
  const url = await listen(hubServer, port, host);
  const { control, log } = scopes.get();
  return {
    url,
    cdnUrl,
    control,
    log,
    scope: (token) => ({ url: `${url}/s/${token}/`, control: scopes.get(token).control, log: scopes.get(token).log }),
    close: async () => void (await Promise.all([stop(hubServer), stop(storageServer)])),
  };
}

/**
 * @param {Scopes} scopes
 * @param {'hub' | 'cdn'} origin
 * @param {(opening: import('./exchange.js').Opening) => Promise<void>} respond
 */
function handler(scopes, origin, respond) {
  return (/** @type {Request} */ request, /** @type {Response} */ response) => {
    const closed = new AbortController();
    response.once('close', () => closed.abort());
    // A client that disconnects emits `close`; the error of the socket has no further information.
    response.on('error', () => {});
    const url = addressOf(request);
    const { scope, pathname } = scopes.enter(url.pathname);
    url.pathname = pathname;
    respond({ request, response, scope, url, origin, signal: closed.signal }).catch(() => response.destroy());
  };
}

/** @param {Request} request */
function addressOf(request) {
  return new URL(`http://hub${request.url?.startsWith('/') ? request.url : '/'}`);
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string>}
 */
function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      resolve(`http://${host}:${bound}`);
    });
  });
}

/**
 * @param {import('node:http').Server} server
 * @returns {Promise<void>}
 */
function stop(server) {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
