// How an ordinary server answers: whole, by range, or that nothing has changed (RFC 9110).

/**
 * @typedef {object} Question
 * @property {string} method
 * @property {URL} url
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {((entity: Entity) => Entity)[]} prepare Changes of the file before the response.
 *
 * @typedef {object} Entity
 * @property {Buffer} body
 * @property {Record<string, string | undefined>} headers
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string | undefined>} headers `undefined` leaves a header out.
 * @property {Buffer} [body]
 * @property {'length' | 'chunked' | 'close'} [framing] How the end of the body is marked. Default: by its length.
 * @property {number} [cutAfter] Bytes after which the connection is cut.
 * @property {{ after: number, duration: number }} [pause] Bytes after which nothing is sent for a time, in ms.
 * @property {number} [latency] How long the answer takes, in ms.
 * @property {boolean} [hangs] Whether nothing is answered at all.
 *
 * @typedef {(question: Question) => Answer} Handler
 * @typedef {(next: Handler) => Handler} Behaviour Changes how a server answers. Its state begins anew with each server.
 */

/** @type {Answer} */
export const notFound = { status: 404, headers: { 'Content-Type': 'text/plain' }, body: Buffer.from('Not found') };

/**
 * @param {Entity} found
 * @param {Question} question
 * @returns {Answer}
 */
export function answerEntity(found, { headers: asked, prepare }) {
  const { headers, body } = prepare.reduce((entity, change) => change(entity), found);
  if (headers.ETag !== undefined && asked['if-none-match'] === headers.ETag) return { status: 304, headers };
  const range = isCurrent(asked['if-range'], headers) ? parseRange(asked.range) : undefined;
  if (!range) return { status: 200, headers, body };
  const { start, end } = within(range, body.length);
  if (start >= end) return { status: 416, headers: { 'Content-Range': `bytes */${body.length}` } };
  return partOf({ headers, body }, start, end);
}

/**
 * @param {Entity} entity
 * @param {number} start
 * @param {number} end The place after the last byte.
 * @returns {Answer}
 */
export function partOf({ headers, body }, start, end) {
  const range = `bytes ${start}-${end - 1}/${body.length}`;
  return { status: 206, headers: { ...headers, 'Content-Range': range }, body: body.subarray(start, end) };
}

/** @param {string | undefined} header */
export function parseRange(header) {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
  return first === undefined ? undefined : { start: Number(first), last: last ? Number(last) : undefined };
}

/**
 * @param {{ start: number, last: number | undefined }} range
 * @param {number} size
 */
export function within({ start, last }, size) {
  return { start, end: last === undefined ? size : Math.min(last + 1, size) };
}

/**
 * @param {string | string[] | undefined} ifRange
 * @param {Entity['headers']} headers
 */
function isCurrent(ifRange, headers) {
  return ifRange === undefined || ifRange === headers.ETag || ifRange === headers['Last-Modified'];
}
