// One server of a load: it sends the responses of a handler over the line, and logs them.
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { now } from './log.js';

/** Headers that the public hub lets pages read. */
const EXPOSED = 'ETag, Accept-Ranges, Content-Range, Link, X-Error-Code, X-Error-Message, X-Repo-Commit';

const common = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': EXPOSED, 'Timing-Allow-Origin': '*' };

/**
 * @typedef {import('node:http').IncomingMessage | import('node:http2').Http2ServerRequest} Request
 * @typedef {import('node:http').ServerResponse | import('node:http2').Http2ServerResponse} Response
 *
 * @param {string} name
 * @param {object} settings
 * @param {import('./line.js').Line} settings.line
 * @param {import('./log.js').Entry[]} settings.entries
 * @param {{ key: string, cert: string } | undefined} [settings.certificate] Uses HTTP/2 with it.
 * @param {() => import('../../../test/harmless/servers/http.js').Handler} settings.open Creates the handler, when all addresses are known.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} After `close`, connections are refused.
 */
export async function serve(name, { line, entries, certificate, open }) {
  /** @type {import('../../../test/harmless/servers/http.js').Handler | undefined} */
  let handler;
  const listener = (/** @type {any} */ request, /** @type {any} */ response) => {
    handler ??= open();
    const entry = begin(name, request);
    entries.push(entry);
    respond({ request, response, handler, line, entry }).catch(() => response.destroy?.());
  };
  const server = certificate ? createSecureServer(certificate, listener) : createServer(listener);
  const sockets = new Set();
  server.on('connection', (/** @type {import('node:net').Socket} */ socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => {});
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = () =>
    new Promise((resolve) => {
      server.close(() => resolve(undefined));
      for (const socket of sockets) socket.destroy();
    });
  return { url: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}/`, close };
}

/**
 * @param {string} server
 * @param {Request} request
 * @returns {import('./log.js').Entry}
 */
function begin(server, { method = 'GET', url: path = '/', headers }) {
  return { server, method, path, range: headers.range, status: 0, size: 0, bytes: 0, received: now(), first: undefined, last: undefined };
}

/**
 * @param {{ request: Request, response: any, handler: import('../../../test/harmless/servers/http.js').Handler,
 *   line: import('./line.js').Line, entry: import('./log.js').Entry }} exchange
 */
async function respond({ request, response, handler, line, entry }) {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const url = new URL(request.url ?? '/', 'http://server');
  const { status, headers, body } = handler({ method: entry.method, url, headers: request.headers, prepare: [] });
  await line.respond(gone.signal);
  if (gone.signal.aborted) return;
  for (const [name, value] of Object.entries({ ...common, ...headers })) if (value !== undefined) response.setHeader(name, value);
  if (body) response.setHeader('Content-Length', body.length);
  response.writeHead(status);
  Object.assign(entry, { status, size: body?.length ?? 0 });
  if (body && entry.method !== 'HEAD') await sendBody({ response, connection: request.socket, body, line, entry, signal: gone.signal });
  if (!gone.signal.aborted) response.end();
}

/**
 * @param {{ response: any, connection: object, body: Buffer, line: import('./line.js').Line, entry: import('./log.js').Entry, signal: AbortSignal }} sending
 */
async function sendBody({ response, connection, body, line, entry, signal }) {
  const { slice } = line;
  for (let place = 0; place < body.length; place += slice) {
    const bytes = body.subarray(place, place + slice);
    await line.send(connection, bytes.length, signal);
    if (signal.aborted) return;
    entry.first ??= now();
    await write(response, bytes, signal);
    if (signal.aborted) return;
    entry.bytes += bytes.length;
    entry.last = now();
  }
}

/**
 * @param {any} response
 * @param {Uint8Array} bytes
 * @param {AbortSignal} signal
 */
function write(response, bytes, signal) {
  return new Promise((resolve) => {
    const done = () => {
      signal.removeEventListener('abort', done);
      resolve(undefined);
    };
    signal.addEventListener('abort', done);
    response.write(bytes, done);
  });
}
