import { Bandwidth } from './bandwidth.js';

const pollEvery = 50;

/**
 * @typedef {import('./exchange.js').Exchange} Exchange
 * @typedef {import('./body.js').Body} Body
 * @typedef {import('./byte-range.js').ByteRange} ByteRange
 */

/**
 * Sends a part of a body at the speed of the controls, and breaks it where they require it. The controls are read
 * again before each slice.
 *
 * @param {Exchange} exchange
 * @param {Body} body
 * @param {ByteRange} range
 */
export async function sendBody(exchange, body, { start, end }) {
  const { request, response, entry, signal } = exchange;
  const length = request.method === 'HEAD' ? 0 : end - start;
  entry.bodySize = length;
  // The headers are sent even if the body breaks before its first byte.
  response.flushHeaders();
  const { scope } = exchange;
  const own = new Bandwidth(scope.clock, () => scope.control.values.bodyBandwidth);
  const progress = { stalledAt: -1, spread: Math.abs(scope.random()) };
  while (entry.bytesSent < length && !signal.aborted) {
    await stallIfDue(exchange, progress);
    if (cutIfDue(exchange, progress)) return;
    const size = Math.min(sliceSize(exchange, progress), length - entry.bytesSent);
    await own.turn(size, signal);
    await scope.bandwidth.turn(size, signal);
    if (signal.aborted) return;
    const chunk = await body.read(start + entry.bytesSent, size);
    // The client may have left while the file was read.
    if (signal.aborted) return;
    if (chunk.length === 0) return void response.destroy();
    await write(exchange, corrupted(exchange, chunk, start + entry.bytesSent));
  }
  if (!signal.aborted) response.end();
}

/**
 * A slice ends where a cut or a stall is due, so that both are exact.
 *
 * @param {Exchange} exchange
 * @param {{ stalledAt: number, spread: number }} progress
 */
function sliceSize({ scope: { control, bandwidth }, target, entry }, { stalledAt, spread }) {
  const { stallAfter } = control.values;
  const cut = control.applies('cut', target) ? placeOfCut(control.values, spread) : null;
  const stall = stalledAt !== stallAfter && control.applies('stall', target) ? stallAfter : null;
  const ahead = [cut, stall].map((place) => (place ?? Infinity) - entry.bytesSent).filter((bytes) => bytes > 0);
  return Math.min(bandwidth.slice, ...ahead);
}

/**
 * @param {import('./controls.js').ControlValues} values
 * @param {number} spread The position of this response's cut in the spread, from 0 up to 1.
 */
function placeOfCut({ cutAfter, cutSpread }, spread) {
  return (cutAfter ?? Infinity) + Math.floor(spread * cutSpread);
}

/**
 * @param {Exchange} exchange
 * @param {{ spread: number }} progress
 */
function cutIfDue({ scope: { control }, target, entry, response }, { spread }) {
  if (entry.bytesSent < placeOfCut(control.values, spread)) return false;
  if (!control.use('cut', target)) return false;
  response.destroy();
  return true;
}

/**
 * A body stalls once at each offset that is set while it is sent.
 *
 * @param {Exchange} exchange
 * @param {{ stalledAt: number }} progress
 */
async function stallIfDue({ scope, target, entry, signal }, progress) {
  const { control, clock } = scope;
  const due = () => entry.bytesSent >= (control.values.stallAfter ?? Infinity);
  const place = control.values.stallAfter;
  if (place === null || progress.stalledAt === place || !due() || !control.use('stall', target)) return;
  progress.stalledAt = place;
  const until = clock.now() + (control.values.stallFor || Infinity);
  while (due() && clock.now() < until && !signal.aborted) {
    await clock.sleep(Math.min(pollEvery, until - clock.now()), signal);
  }
}

/**
 * @param {Exchange} exchange
 * @param {Uint8Array} chunk
 * @param {number} start
 */
function corrupted({ scope: { control }, target }, chunk, start) {
  const index = (control.values.corrupt ?? -1) - start;
  if (index < 0 || index >= chunk.length || !control.use('corrupt', target)) return chunk;
  const copy = Uint8Array.from(chunk);
  copy[index] = (copy[index] ?? 0) ^ 0xff;
  return copy;
}

/**
 * Writes bytes to the socket and waits until it has sent them.
 *
 * @param {Exchange} exchange
 * @param {Uint8Array} chunk
 */
function write({ scope, response, entry, signal }, chunk) {
  entry.bytesSent += chunk.length;
  scope.log.onSend();
  return new Promise((resolve) => {
    const done = () => {
      signal.removeEventListener('abort', done);
      resolve(undefined);
    };
    signal.addEventListener('abort', done);
    response.write(chunk, done);
  });
}
