// Answers a request for the file of the live examples as a slow or unreliable server does: `?rate=` is the speed in bytes
// per second, `?cut=` the number of bytes after which each response breaks, and with `?missing` there is no such file.
import { Bandwidth } from '../../../demo/hub/bandwidth.js';
import { parseRange } from '../../../demo/hub/byte-range.js';

const etag = '"live-1"';

/** @type {import('../../../demo/hub/clock.js').Clock} */
const clock = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve(undefined);
      });
    }),
};

/**
 * @param {Request} request
 * @param {Uint8Array} file
 * @returns {{ response: Response, ended: Promise<void> }} `ended` resolves when the body was read, broken or canceled.
 */
export function liveResponse(request, file) {
  const { searchParams } = new URL(request.url);
  // The page finds out whether its requests reach the worker.
  if (searchParams.has('probe')) return { response: new Response(null, { status: 204 }), ended: Promise.resolve() };
  if (searchParams.has('missing')) return { response: new Response('Not found', { status: 404 }), ended: Promise.resolve() };
  const range = parseRange(request.headers.get('range') ?? undefined, file.length);
  if (range === 'unsatisfiable') {
    const response = new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${file.length}` } });
    return { response, ended: Promise.resolve() };
  }
  const { start, end } = range === 'whole' ? { start: 0, end: file.length } : range;
  const headers = {
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-store',
    'Content-Length': String(end - start),
    'Content-Type': 'application/octet-stream',
    ETag: etag,
    ...(range !== 'whole' && { 'Content-Range': `bytes ${start}-${end - 1}/${file.length}` }),
  };
  const link = { rate: Number(searchParams.get('rate') ?? 0), cut: Number(searchParams.get('cut') ?? Infinity) };
  const { body, ended } = liveBody(file.subarray(start, end), link);
  return { response: new Response(body, { status: range === 'whole' ? 200 : 206, headers }), ended };
}

/**
 * @param {Uint8Array} bytes
 * @param {{ rate: number, cut: number }} link
 */
function liveBody(bytes, { rate, cut }) {
  const closed = new AbortController();
  const ended = new Promise((resolve) => closed.signal.addEventListener('abort', resolve));
  const bandwidth = new Bandwidth(clock, () => rate);
  let sent = 0;
  const body = new ReadableStream({
    async pull(controller) {
      const slice = bytes.slice(sent, sent + bandwidth.slice);
      if (slice.length > 0 && sent < cut) {
        await bandwidth.turn(slice.length, closed.signal);
        if (closed.signal.aborted) return;
        sent += slice.length;
        controller.enqueue(slice);
        return;
      }
      if (slice.length > 0) controller.error(new TypeError(`The connection breaks after ${sent} bytes`));
      else controller.close();
      closed.abort();
    },
    cancel: () => closed.abort(),
  });
  return { body, ended };
}
