import { bytesBody } from './body.js';
import { sendBody } from './send-body.js';

/**
 * @typedef {object} Exchange One request that is being answered.
 * @property {import('node:http').IncomingMessage} request
 * @property {import('node:http').ServerResponse} response
 * @property {URL} url With the scope taken off its path.
 * @property {import('./scope.js').Scope} scope
 * @property {import('./controls.js').Target} target
 * @property {import('./request-log.js').LogEntry} entry
 * @property {AbortSignal} signal Aborted when the connection has closed.
 */

const exposed = [
  'Accept-Ranges',
  'Content-Length',
  'Content-Range',
  'ETag',
  'Link',
  'Retry-After',
  'X-Error-Code',
  'X-Error-Message',
  'X-Linked-ETag',
  'X-Linked-Size',
  'X-Repo-Commit',
].join(', ');

/** @typedef {Omit<Exchange, 'target' | 'entry'> & { origin: 'hub' | 'cdn' }} Opening */

/**
 * Starts the record of a request, and ends it when its connection closes.
 *
 * @param {Opening} opening
 * @param {string | null} file
 * @returns {Exchange}
 */
export function begin({ origin, ...exchange }, file) {
  const { request, response, scope, url } = exchange;
  const { method = 'GET', headers } = request;
  const entry = scope.log.add({ origin, method, path: url.pathname, file, range: headers.range ?? null });
  response.once('close', () => {
    entry.finished = response.writableFinished;
    entry.aborted = !response.writableFinished;
  });
  return { ...exchange, entry, target: { origin, file: file ?? url.pathname } };
}

/**
 * Writes the status and headers of a response, which pages of any origin can read.
 *
 * @param {Exchange} exchange
 * @param {number} status
 * @param {Record<string, string | number | undefined>} headers
 */
export function writeHead({ response, scope, entry }, status, headers) {
  entry.status = status;
  const { noExpose, exposeAll } = scope.control.values;
  const known = Object.entries(headers).filter(([, value]) => value !== undefined);
  response.writeHead(status, {
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ...(!noExpose && { 'Access-Control-Expose-Headers': exposeAll ? '*' : exposed }),
    ...Object.fromEntries(known),
  });
}

/**
 * @param {Exchange} exchange
 * @param {number} status
 * @param {string} text
 * @param {Record<string, string | number | undefined>} [headers]
 */
export async function sendText(exchange, status, text, headers = {}) {
  const bytes = Buffer.from(text);
  const type = { 'Content-Type': 'text/plain; charset=utf-8' };
  writeHead(exchange, status, { ...type, 'Content-Length': bytes.length, ...headers });
  await sendBody(exchange, bytesBody(bytes), { start: 0, end: bytes.length });
}

/**
 * @param {Exchange} exchange
 * @param {unknown} value
 * @param {Record<string, string | undefined>} [headers]
 */
export async function sendJson(exchange, value, headers = {}) {
  await sendText(exchange, 200, JSON.stringify(value), { 'Content-Type': 'application/json; charset=utf-8', ...headers });
}

/**
 * The hub's own response for a missing file.
 *
 * @param {Exchange} exchange
 * @param {number} status
 * @param {'EntryNotFound' | 'RepoNotFound' | 'GatedRepo' | 'BadRequest'} code
 * @param {string} message
 */
export async function sendError(exchange, status, code, message) {
  await sendText(exchange, status, message, { 'X-Error-Code': code, 'X-Error-Message': message });
}
