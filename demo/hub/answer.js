import { once } from 'node:events';
import { begin, sendError, sendJson, sendText, writeHead } from './exchange.js';
import { isValid } from './link.js';
import { sendFile } from './send-file.js';
import { replacedFile } from './replaced-file.js';
import { listTree, modelInfo } from './tree.js';

/**
 * @typedef {import('./exchange.js').Exchange} Exchange
 * @typedef {import('./repositories.js').Repository} Repository
 * @typedef {import('./routes.js').Route} Route
 * @typedef {{ repositories: Map<string, Repository>, storage: string }} Hub
 */

const page = '<!doctype html><title>Not a model</title><p>This is a page, not the file that was asked for.</p>';

/**
 * Answers one request of either server.
 *
 * @param {import('./exchange.js').Opening} opening
 * @param {Route} route
 * @param {Hub} hub
 */
export async function answer(opening, route, hub) {
  const { scope, request, signal } = opening;
  const exchange = begin(opening, route.kind === 'file' ? route.file : null);
  scope.open.add(exchange.response);
  try {
    if (scope.control.values.offline) return void exchange.response.destroy();
    if (scope.control.values.latency > 0) await scope.clock.sleep(scope.control.values.latency, signal);
    if (signal.aborted) return;
    if (request.method === 'OPTIONS') return preflight(exchange);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return await sendError(exchange, 405, 'BadRequest', 'Only GET and HEAD are understood.');
    }
    if (!(await answerInstead(exchange))) await answerRoute(exchange, route, hub);
  } finally {
    scope.open.delete(exchange.response);
  }
}

/**
 * Sends the response that the controls set for every request.
 *
 * @param {Exchange} exchange
 * @returns {Promise<boolean>}
 */
async function answerInstead(exchange) {
  const { control } = exchange.scope;
  const { status, retryAfter } = control.values;
  if (control.use('silent', exchange.target)) {
    await once(exchange.response, 'close');
    return true;
  }
  if (status !== null && control.use('status', exchange.target)) {
    await sendText(exchange, status, 'The hub was told to answer so.', { 'Retry-After': retryAfter ?? undefined });
    return true;
  }
  if (!control.use('html', exchange.target)) return false;
  await sendText(exchange, 200, page, { 'Content-Type': 'text/html; charset=utf-8' });
  return true;
}

/**
 * @param {Exchange} exchange
 * @param {Route} route
 * @param {Hub} hub
 */
async function answerRoute(exchange, route, { repositories, storage }) {
  if (route.kind === 'unknown') return sendError(exchange, 404, 'EntryNotFound', 'There is nothing at this address.');
  if (route.model.startsWith('private/')) return sendError(exchange, 401, 'GatedRepo', 'Invalid username or password.');
  const repository = repositories.get(route.model);
  if (!repository) return sendError(exchange, 404, 'RepoNotFound', 'Repository not found.');
  if (route.kind === 'info') return sendJson(exchange, modelInfo(repository));
  if (route.kind === 'tree') return answerTree(exchange, repository, route.folder);
  if (route.origin === 'cdn' && !isValid(exchange.url.pathname, exchange.url.searchParams)) {
    return sendError(exchange, 403, 'BadRequest', 'Request has expired.');
  }
  const file = repository.files.get(route.file);
  if (!file) return sendError(exchange, 404, 'EntryNotFound', 'Entry not found.');
  return sendFile(exchange, file, { storage, model: repository.id });
}

/**
 * @param {Exchange} exchange
 * @param {Repository} repository
 * @param {string} folder
 */
async function answerTree(exchange, repository, folder) {
  const { url, scope, request } = exchange;
  const files = await Promise.all(
    [...repository.files.values()].map((file) => {
      const target = { file: file.path, origin: /** @type {'cdn' | 'hub'} */ (file.large ? 'cdn' : 'hub') };
      return scope.control.applies('replaced', target) ? replacedFile(file) : file;
    }),
  );
  const current = { ...repository, files: new Map(files.map((file) => [file.path, file])) };
  const { entries, next } = listTree(current, url.searchParams, folder);
  if (next === undefined) return sendJson(exchange, entries);
  const more = new URL(`http://${request.headers.host}${scope.prefix}${url.pathname}${url.search}`);
  more.searchParams.set('cursor', next);
  return sendJson(exchange, entries, { Link: `<${more}>; rel="next"` });
}

/** @param {Exchange} exchange */
function preflight(exchange) {
  writeHead(exchange, 204, {
    'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
    'Access-Control-Allow-Headers': exchange.request.headers['access-control-request-headers'],
  });
  exchange.response.end();
}
