// Unusual behaviours of servers, each a small change of their responses.
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Bytes below which servers do not compress, since the result would be larger: plain Transformers.js fails with such an answer. */
const NOT_WORTH_IT = 100;

/** @typedef {import('./http.js').Behaviour} Behaviour @typedef {import('./http.js').Answer} Answer */

/**
 * Limits behaviours to the addresses that match.
 *
 * @param {RegExp} pattern
 * @param {...Behaviour} behaviours
 * @returns {Behaviour}
 */
export const on =
  (pattern, ...behaviours) =>
  (next) => {
    const changed = stack(behaviours, next);
    return (question) => (pattern.test(question.url.pathname) ? changed : next)(question);
  };

/**
 * Limits a behaviour to the first answers.
 *
 * @param {number} times
 * @param {Behaviour} behaviour
 * @returns {Behaviour}
 */
export const first = (times, behaviour) => (next) => {
  const changed = behaviour(next);
  let left = times;
  return (question) => (left-- > 0 ? changed : next)(question);
};

/**
 * Wraps a handler in behaviours, the last one outermost.
 *
 * @param {readonly Behaviour[]} behaviours
 * @param {import('./http.js').Handler} handler
 */
export const stack = (behaviours, handler) => behaviours.reduce((next, behaviour) => behaviour(next), handler);

/**
 * Sets headers of the answer; `undefined` removes one.
 *
 * @param {Answer['headers']} headers
 * @returns {Behaviour}
 */
export const headers = (headers) => (next) => (question) => {
  const answer = next(question);
  return { ...answer, headers: { ...answer.headers, ...headers } };
};

/** @param {string} type */
export const type = (type) => headers({ 'Content-Type': type });

/** Exposes only the basic headers to pages of other origins. */
export const exposesNothing = headers({ 'Access-Control-Expose-Headers': undefined });

/** Exposes all headers to pages of other origins, as public CDNs do. */
export const exposesAll = headers({ 'Access-Control-Expose-Headers': '*' });

/**
 * @param {number} status
 * @param {string} [text]
 * @returns {Behaviour}
 */
export const status =
  (status, text = 'No') =>
  () =>
  () => ({ status, headers: { 'Content-Type': 'text/plain' }, body: Buffer.from(text) });

/**
 * Sends nothing for a time in the middle of each body.
 *
 * @param {number} after Bytes before it.
 * @param {number} duration In ms.
 * @returns {Behaviour}
 */
export const pauses = (after, duration) => (next) => (question) => ({ ...next(question), pause: { after, duration } });

/**
 * Answers late.
 *
 * @param {number} latency In ms.
 * @returns {Behaviour}
 */
export const answersAfter = (latency) => (next) => (question) => ({ ...next(question), latency });

/** @type {Behaviour} */
export const hangs = () => () => ({ status: 0, headers: {}, hangs: true });

/** A page in answer to everything that is not there, as single-page apps are served. @type {Behaviour} */
export const pageInsteadOf404 = (next) => (question) => {
  const answer = next(question);
  if (answer.status !== 404) return answer;
  return { status: 200, headers: { 'Content-Type': 'text/html' }, body: Buffer.from('<!doctype html><title>An app</title>') };
};

/**
 * Adds the headers of a file that a cache needs, before ranges and revalidation are answered.
 *
 * @param {Answer['headers']} headers
 * @returns {Behaviour}
 */
export const labelled = (headers) => (next) => (question) =>
  next({ ...question, prepare: [...question.prepare, (entity) => ({ ...entity, headers: { ...entity.headers, ...headers } })] });

/**
 * Sends another strong `ETag` with each answer, against RFC 9110, 8.8.3.
 *
 * @type {Behaviour}
 */
export const changesTag = (next) => {
  let count = 0;
  return (question) => {
    const ETag = `"answer-${++count}"`;
    return next({ ...question, prepare: [...question.prepare, (entity) => ({ ...entity, headers: { ...entity.headers, ETag } })] });
  };
};

/**
 * Sends the file compressed to those who accept that, or always: then ranges are of the compressed bytes.
 *
 * @param {'br' | 'gzip'} encoding
 * @param {{ always?: boolean, isWeak?: boolean }} [options] `isWeak`: the compressed one has a weak ETag.
 * @returns {Behaviour}
 */
export const encoded =
  (encoding, { always = false, isWeak = false } = {}) =>
  (next) =>
  (question) => {
    const accepts = String(question.headers['accept-encoding'] ?? '').includes(encoding);
    if (!always && !accepts) return next(question);
    /** @param {import('./http.js').Entity} entity */
    const encode = (entity) => {
      const { headers, body } = entity;
      if (body.length < NOT_WORTH_IT) return entity;
      const tag = isWeak && headers.ETag ? `W/${headers.ETag}` : headers.ETag?.replace(/"$/, `-${encoding}"`);
      return { headers: { ...headers, 'Content-Encoding': encoding, Vary: 'Accept-Encoding', ETag: tag }, body: compress(body, encoding) };
    };
    return next({ ...question, prepare: [...question.prepare, encode] });
  };

/** @type {WeakMap<Buffer, Map<string, Buffer>>} */
const compressed = new WeakMap();

/**
 * @param {Buffer} body
 * @param {'br' | 'gzip'} encoding
 */
function compress(body, encoding) {
  const known = compressed.get(body) ?? new Map();
  compressed.set(body, known);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  const bytes = known.get(encoding) ?? (encoding === 'br' ? brotliCompressSync(body, { params }) : gzipSync(body, { level: 4 }));
  known.set(encoding, bytes);
  return bytes;
}

/**
 * @param {'chunked' | 'close'} framing
 * @returns {Behaviour}
 */
export const framed = (framing) => (next) => (question) => ({ ...next(question), framing });

/**
 * Cuts the connection within a body.
 *
 * @param {number} bytes Shorter bodies pass.
 * @returns {Behaviour}
 */
export const cut = (bytes) => (next) => {
  let isOver = false;
  return (question) => {
    const answer = next(question);
    if (isOver || (answer.body?.length ?? 0) <= bytes) return answer;
    isOver = true;
    return { ...answer, cutAfter: bytes };
  };
};

/**
 * Cuts the connection within a body, and answers in another way from then on.
 *
 * @param {number} bytes Shorter bodies pass.
 * @param {Behaviour} behaviour
 * @returns {Behaviour}
 */
export const cutThen = (bytes, behaviour) => (next) => {
  const before = cut(bytes)(next);
  const after = behaviour(next);
  let isCut = false;
  return (question) => {
    if (isCut) return after(question);
    const answer = before(question);
    isCut = answer.cutAfter !== undefined;
    return answer;
  };
};

/**
 * Sends requests for the large files to another server, as hubs do.
 *
 * @param {string} cdn
 * @returns {Behaviour}
 */
export const redirects = (cdn) => (next) => (question) => {
  const { status } = next(question);
  if (!/\.onnx/.test(question.url.pathname) || status >= 300) return next(question);
  return { status: 302, headers: { Location: `${cdn}${question.url.pathname.slice(1)}?signature=1`, 'Cache-Control': 'no-store' } };
};

/**
 * Answers only requests with a header that agrees.
 *
 * @param {string} name In lower case.
 * @param {RegExp} value
 * @returns {Behaviour}
 */
export const requires = (name, value) => (next) => (question) =>
  question.method === 'OPTIONS' || value.test(String(question.headers[name] ?? ''))
    ? next(question)
    : status(401, 'Not yours')(next)(question);

/**
 * Allows pages to send cookies.
 *
 * @type {Behaviour}
 */
export const takesCookies = (next) => (question) =>
  headers({ 'Access-Control-Allow-Origin': question.headers.origin, 'Access-Control-Allow-Credentials': 'true', Vary: 'Origin' })(next)(
    question,
  );

/**
 * Changes the listing.
 *
 * @param {(entries: Record<string, any>[]) => unknown} change
 * @returns {Behaviour}
 */
export const lists = (change) => (next) => (question) => {
  const answer = next(question);
  return { ...answer, body: Buffer.from(JSON.stringify(change(JSON.parse(String(answer.body))))) };
};
