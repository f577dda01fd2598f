import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { bytesBody, fileBody, otherVersion } from './body.js';
import { parseRange } from './byte-range.js';
import { sendText, writeHead } from './exchange.js';
import { signed } from './link.js';
import { sendBody } from './send-body.js';
import { commit } from './tree.js';

/**
 * @typedef {import('./exchange.js').Exchange} Exchange
 * @typedef {import('./repositories.js').StoredFile} StoredFile
 * @typedef {{ storage: string, model: string }} Place The address of large files, and the model of this one.
 */

const compress = promisify(gzip);

/**
 * Sends a file, or a redirect to a large one.
 *
 * @param {Exchange} exchange
 * @param {StoredFile} file
 * @param {Place} place
 */
export async function sendFile(exchange, file, place) {
  const { scope, target } = exchange;
  if (file.large && target.origin === 'hub') return redirect(exchange, file, place);
  if (scope.control.applies('gzip', target) && acceptsGzip(exchange, file)) {
    return sendCompressed(exchange, file);
  }
  return sendPart(exchange, file);
}

/**
 * Large files are on another server, under an address that expires.
 *
 * @param {Exchange} exchange
 * @param {StoredFile} file
 * @param {Place} place
 */
async function redirect(exchange, file, { storage, model }) {
  const path = `/repos/${model}/${file.sha256}/${file.path.split('/').map(encodeURIComponent).join('/')}`;
  const { prefix, control } = exchange.scope;
  await sendText(exchange, 302, '', {
    Location: `${storage}${prefix}${signed(path, control.values.linkLife)}`,
    'X-Linked-Size': file.size,
    'X-Linked-ETag': `"${file.sha256}"`,
    'X-Repo-Commit': commit,
    'Accept-Ranges': 'bytes',
    ETag: etagOf(file),
  });
}

/**
 * @param {Exchange} exchange
 * @param {StoredFile} file
 */
async function sendPart(exchange, file) {
  const { request, scope, target } = exchange;
  const { truncate } = scope.control.values;
  const size = scope.control.use('truncate', target) ? Math.min(truncate ?? file.size, file.size) : file.size;
  const ranges = !scope.control.applies('noRange', target);
  const replaced = scope.control.applies('replaced', target);
  const headers = { ...fileHeaders(file, replaced), 'Accept-Ranges': ranges ? 'bytes' : 'none' };
  if (request.headers['if-none-match'] === headers.ETag) return sendText(exchange, 304, '', { ...headers, 'Content-Length': undefined });

  const range = ranges && isCurrent(exchange, headers.ETag) ? parseRange(request.headers.range, size) : 'whole';
  if (range === 'unsatisfiable') return sendText(exchange, 416, '', { ...headers, 'Content-Range': `bytes */${size}` });
  const { start, end } = range === 'whole' ? { start: 0, end: size } : range;
  writeHead(exchange, range === 'whole' ? 200 : 206, {
    ...headers,
    'Content-Length': scope.control.applies('noLength', target) ? undefined : end - start,
    'Content-Range': range === 'whole' ? undefined : `bytes ${start}-${end - 1}/${size}`,
  });
  const body = await fileBody(file.location, size);
  try {
    await sendBody(exchange, replaced ? otherVersion(body) : body, { start, end });
  } finally {
    await body.close();
  }
}

/**
 * @param {Exchange} exchange
 * @param {StoredFile} file
 */
async function sendCompressed(exchange, file) {
  const source = await fileBody(file.location, file.size);
  const bytes = await source.read(0, file.size).finally(source.close);
  const body = bytesBody(await compress(bytes));
  const chunked = exchange.scope.control.applies('noLength', exchange.target);
  writeHead(exchange, 200, {
    ...fileHeaders(file),
    ETag: `W/${etagOf(file)}`,
    'Content-Encoding': 'gzip',
    'Content-Length': chunked ? undefined : body.size,
  });
  await sendBody(exchange, body, { start: 0, end: body.size });
}

/**
 * @param {Exchange} exchange
 * @param {StoredFile} file
 */
function acceptsGzip({ request }, file) {
  const { range, 'accept-encoding': encodings = '' } = request.headers;
  return file.path.endsWith('.json') && range === undefined && encodings.includes('gzip');
}

/**
 * Whether a range request gets a partial response: not if its `If-Range` names another version of the file.
 *
 * @param {Exchange} exchange
 * @param {string} etag
 */
function isCurrent({ request }, etag) {
  const condition = request.headers['if-range'];
  return condition === undefined || condition === etag;
}

/**
 * @param {StoredFile} file
 * @param {boolean} [replaced]
 */
function fileHeaders(file, replaced = false) {
  return {
    'Content-Type': typeOf(file.path),
    'X-Repo-Commit': commit,
    ETag: etagOf(file, replaced),
  };
}

/** @param {string} path */
function typeOf(path) {
  if (path.endsWith('.json')) return 'application/json';
  // Without this type a browser requests a runtime twice.
  return path.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
}

/**
 * @param {StoredFile} file
 * @param {boolean} [replaced]
 */
function etagOf(file, replaced = false) {
  return `"${file.large ? file.sha256 : file.oid}${replaced ? '-2' : ''}"`;
}
