// Sends the file of the live examples as a slow or unreliable server does: `?rate=` is the speed in bytes per second,
// `?cut=` the number of bytes after which each response breaks. A static host ignores these parameters, and sends the
// file at full speed.
import { once } from 'node:events';
import { Bandwidth } from '../../demo/hub/bandwidth.js';
import { parseRange } from '../../demo/hub/byte-range.js';
import { systemClock } from '../../demo/hub/clock.js';
import { liveFile } from './live-file.js';

const file = liveFile();
const etag = '"live-1"';

/**
 * Responds to `/live/model.bin`, and ignores every other request.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @returns {boolean} Whether the request was handled.
 */
export function answerLive(request, response) {
  const url = new URL(request.url ?? '/', 'http://site');
  if (!url.pathname.endsWith('/live/model.bin')) return false;
  const range = parseRange(request.headers.range, file.length);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'Content-Range': `bytes */${file.length}` }).end();
    return true;
  }
  const { start, end } = range === 'whole' ? { start: 0, end: file.length } : range;
  response.writeHead(range === 'whole' ? 200 : 206, {
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-store',
    'Content-Length': end - start,
    'Content-Type': 'application/octet-stream',
    ETag: etag,
    ...(range !== 'whole' && { 'Content-Range': `bytes ${start}-${end - 1}/${file.length}` }),
  });
  const rate = Number(url.searchParams.get('rate') ?? 0);
  const cut = Number(url.searchParams.get('cut') ?? Infinity);
  send(response, file.subarray(start, end), { rate, cut }).catch(() => response.destroy());
  return true;
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Uint8Array} bytes
 * @param {{ rate: number, cut: number }} link
 */
async function send(response, bytes, { rate, cut }) {
  const closed = new AbortController();
  response.once('close', () => closed.abort());
  const bandwidth = new Bandwidth(systemClock, () => rate);
  for (let sent = 0; sent < bytes.length && !closed.signal.aborted; sent += bandwidth.slice) {
    if (sent >= cut) return void response.destroy();
    const slice = bytes.subarray(sent, sent + bandwidth.slice);
    await bandwidth.turn(slice.length, closed.signal);
    if (!response.write(slice)) await once(response, 'drain', { signal: closed.signal });
  }
  response.end();
}
