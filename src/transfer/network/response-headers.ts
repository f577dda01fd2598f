/** The bytes of a file that a range contains. */
export interface ContentRange {
  readonly start: number;
  /** The offset after its last byte. */
  readonly end: number;
  /** Bytes of the whole file; `undefined` if the server does not send it. */
  readonly total: number | undefined;
}

/**
 * The content coding of a response.
 *
 * - `none`: the body is not compressed.
 * - `some`: the body is compressed.
 * - `unknown`: the header may not be read.
 * - `unlikely`: the header may not be read, and servers do not compress this type unless they are misconfigured.
 */
export type Coding = 'none' | 'unlikely' | 'unknown' | 'some';

/** Types of files that servers do not compress. */
const NEVER_ENCODED = /^(application|binary)\/octet-stream\b/i;

/** Parses `Content-Range: bytes 5-9/10`; `undefined` if it is missing, hidden or invalid. */
export function parseContentRange({ headers }: Response): ContentRange | undefined {
  const [, first, last, size] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers.get('Content-Range') ?? '') ?? [];
  const [start, end] = [Number(first), Number(last) + 1];
  const total = size === '*' ? undefined : Number(size);
  return end > start && (total === undefined || end <= total) ? { start, end, total } : undefined;
}

/** Returns the bytes of the whole file in the `Content-Range` of a 416; `undefined` if it does not contain them. */
export function sizeOfUnsatisfied({ headers }: Response): number | undefined {
  const size = /^bytes \*\/(\d+)$/.exec(headers.get('Content-Range') ?? '')?.[1];
  return size === undefined ? undefined : Number(size);
}

/**
 * Returns the content coding of a response. Across origins `Content-Encoding` may not be read unless the server exposes it. There,
 * and in a response that a script has constructed, a missing header does not show that the body is not compressed.
 */
export function codingOf({ headers, type }: Response): Coding {
  const coding = headers.get('Content-Encoding');
  if (coding !== null) return /^(identity)?$/i.test(coding.trim()) ? 'none' : 'some';
  if (type === 'basic' || (type === 'cors' && exposesCoding(headers))) return 'none';
  return NEVER_ENCODED.test(headers.get('Content-Type') ?? '') ? 'unlikely' : 'unknown';
}

/**
 * Whether a server lets other origins read `Content-Encoding`. The header that says so can be read itself if it contains `*`, unless
 * the request included credentials (Fetch standard, CORS-exposed header-name list): then `*` is the name of a header.
 */
function exposesCoding(headers: Headers): boolean {
  return /(^|,)\s*(\*|content-encoding)\s*(,|$)/i.test(headers.get('Access-Control-Expose-Headers') ?? '');
}

/** Whether `Content-Length` is used as the length of the file, until another response or the end of the body contradicts it. */
export function isCounted(coding: Coding): boolean {
  return coding === 'none' || coding === 'unlikely';
}

/** Returns the milliseconds until the time in `Retry-After`, a number of seconds or a date; `undefined` if it may not be read. */
export function retryAfterOf({ headers }: Response): number | undefined {
  const value = headers.get('Retry-After');
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const until = Date.parse(value);
  const now = Date.parse(headers.get('Date') ?? '') || Date.now();
  return Number.isNaN(until) ? undefined : Math.max(0, until - now);
}

/** Whether the type of a response is that of an HTML page, and another file was requested. Some servers use it for every file. */
export function claimsToBePage({ headers }: Response, url: string): boolean {
  return /^(text\/html|application\/xhtml)/i.test(headers.get('Content-Type') ?? '') && !/\.x?html?$/i.test(new URL(url).pathname);
}

/** Whether a body with these first bytes is an HTML page. A vocabulary may begin with `<s>`, and a template with `<|`. */
export function beginsAsPage(bytes: Uint8Array): boolean {
  return /^\uFEFF?\s*<(!|\?xml|html|head|body|meta|title|script)/i.test(new TextDecoder().decode(bytes.subarray(0, 64)));
}
