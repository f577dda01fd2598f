// One server of a row: it calls its handler, sends the response, and logs the sent bytes.
import { createServer } from 'node:http';
import { listen } from './listen.js';

/** Bytes that are written at once. */
const SLICE = 128 * 1024;

/** Headers that the public hub lets pages read. */
const EXPOSED =
  'ETag, Accept-Ranges, Content-Range, Content-Encoding, Link, X-Error-Code, X-Error-Message, X-Repo-Commit, X-Linked-Size, X-Linked-ETag';

/**
 * @param {string} name
 * @param {import('./log.js').RequestLog} log
 * @param {(address: string) => import('./http.js').Handler} open Creates the handler once the server's address is known.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve(name, log, open) {
  /** @type {import('./http.js').Handler} */
  let handler;
  const server = createServer((request, response) => {
    void answerWith(response, handler, log.begin(name, request), request);
  });
  const { port, close } = await listen(server);
  const url = `http://127.0.0.1:${port}/`;
  handler = open(url);
  return { url, close };
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {import('./http.js').Handler} handler
 * @param {import('./log.js').Entry} entry
 * @param {import('node:http').IncomingMessage} request
 */
export async function answerWith(response, handler, entry, request) {
  response.once('close', () => (entry.isOpen = false));
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const answer = handler({ method: request.method ?? 'GET', url, headers: request.headers, prepare: [] });
  if (answer.hangs) return;
  if (answer.latency) await new Promise((resolve) => setTimeout(resolve, answer.latency));
  if (!response.destroyed) await send(response, answer, entry, request);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {import('./http.js').Answer} answer
 * @param {import('./log.js').Entry} entry
 * @param {import('node:http').IncomingMessage} request
 */
async function send(response, answer, entry, request) {
  const body = answer.body ?? Buffer.alloc(0);
  const headers = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': EXPOSED,
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ...answer.headers,
  };
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  if (answer.framing === 'close') {
    response.removeHeader('transfer-encoding');
    response.shouldKeepAlive = false;
  } else if (answer.framing !== 'chunked' && answer.status !== 304 && answer.status !== 204)
    response.setHeader('Content-Length', body.length);
  response.writeHead(answer.status);
  entry.status = answer.status;
  if (request.method === 'HEAD') return void response.end();
  const end = Math.min(answer.cutAfter ?? Infinity, body.length);
  const { after = Infinity, duration = 0 } = answer.pause ?? {};
  for (let place = 0; place < end && !response.destroyed; place += SLICE) {
    const isPauseDue = place >= after && place < after + SLICE;
    if (isPauseDue) await new Promise((resolve) => setTimeout(resolve, duration));
    const slice = body.subarray(place, Math.min(place + SLICE, end));
    if (await write(response, slice)) entry.bytes += slice.length;
  }
  if (answer.cutAfter === undefined) response.end();
  else response.destroy();
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Uint8Array} slice
 * @returns {Promise<boolean>} Whether it went to the wire.
 */
function write(response, slice) {
  return new Promise((resolve) => {
    const gone = () => resolve(false);
    response.once('close', gone);
    response.write(slice, (error) => {
      response.removeListener('close', gone);
      resolve(!error);
    });
  });
}
