// Servers that violate RFC 9110 in their answers to ranges. They answer version 4's one-byte probes, since it could not load otherwise.
import { parseRange, partOf } from './http.js';

/** @typedef {import('./http.js').Behaviour} Behaviour */

/** @param {import('./http.js').Question} question */
const asksForPart = ({ headers }) => headers.range !== undefined && headers.range !== 'bytes=0-0';

/**
 * @param {number} status
 * @param {Record<string, string>} [headers] Of the refusal.
 * @returns {Behaviour}
 */
export const refusesRanges =
  (status, headers = {}) =>
  (next) =>
  (question) =>
    asksForPart(question)
      ? { status, headers: { 'Content-Type': 'text/plain', ...headers }, body: Buffer.from('No ranges') }
      : next(question);

/** Never answers a range. @type {Behaviour} */
export const hangsOnRanges = (next) => (question) => (asksForPart(question) ? { status: 0, headers: {}, hangs: true } : next(question));

/** @type {Behaviour} */
export const ignoresRanges = (next) => (question) => {
  if (!asksForPart(question)) return next(question);
  const { range: _, ...headers } = question.headers;
  return next({ ...question, headers });
};

/** Sends the range even if nothing has changed: RFC 9110 evaluates the condition first, and not all servers do. @type {Behaviour} */
export const sendsUnchangedRanges = (next) => (question) => {
  if (question.headers.range === undefined) return next(question);
  const { 'if-none-match': _, ...headers } = question.headers;
  return next({ ...question, headers });
};

/**
 * Answers no range with more than so many bytes.
 *
 * @param {number} most
 * @returns {Behaviour}
 */
export const capsRanges = (most) =>
  changesRanges((range) => ({ ...range, last: Math.min(range.last ?? Infinity, range.start + most - 1) }));

/**
 * Begins at another offset than requested, and declares it, like servers that align ranges.
 *
 * @param {number} block
 * @returns {Behaviour}
 */
export const alignsRanges = (block) => changesRanges((range) => ({ ...range, start: range.start - (range.start % block) }));

/**
 * @param {(range: { start: number, last: number | undefined }) => { start: number, last: number | undefined }} change
 * @returns {Behaviour}
 */
function changesRanges(change) {
  return (next) => (question) => {
    const range = parseRange(question.headers.range);
    if (!range || !asksForPart(question)) return next(question);
    const { start, last } = change(range);
    return next({ ...question, headers: { ...question.headers, range: `bytes=${start}-${last ?? ''}` } });
  };
}

/** Answers every range with a body of several parts. @type {Behaviour} */
export const answersMultipart = (next) => (question) => {
  const range = parseRange(question.headers.range);
  if (!range || !asksForPart(question)) return next(question);
  const { range: _, ...others } = question.headers;
  const whole = next({ ...question, headers: others });
  if (whole.status !== 200 || !whole.body) return whole;
  const { headers, body } = partOf({ headers: whole.headers, body: whole.body }, range.start, whole.body.length);
  const head = `--part\r\nContent-Range: ${headers['Content-Range']}\r\n\r\n`;
  return {
    status: 206,
    headers: { ...whole.headers, 'Content-Type': 'multipart/byteranges; boundary=part' },
    body: Buffer.concat([Buffer.from(head), body ?? Buffer.alloc(0), Buffer.from('\r\n--part--\r\n')]),
  };
};
