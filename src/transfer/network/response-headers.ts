/** The place that a partial answer has in its file. */
export interface ContentRange {
  readonly start: number;
  /** The place after its last byte. */
  readonly end: number;
  /** `undefined` where the server does not know. */
  readonly total: number | undefined;
}

/**
 * What is known of the content coding of an answer: none, some, or nothing, since the header may not be read. Where it
 * may not be read and the type is one that servers do not compress, it is `unlikely`: a misconfigured server may do so.
 */
export type Coding = 'none' | 'unlikely' | 'unknown' | 'some';

/** Types of files that servers do not compress. */
const NEVER_ENCODED = /^(application|binary)\/octet-stream\b/i;

/** Reads `Content-Range: bytes 5-9/10`, or gives `undefined` where it is missing, hidden or nonsense. */
export function parseContentRange({ headers }: Response): ContentRange | undefined {
  const [, first, last, size] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers.get('Content-Range') ?? '') ?? [];
  const [start, end] = [Number(first), Number(last) + 1];
  const total = size === '*' ? undefined : Number(size);
  return end > start && (total === undefined || end <= total) ? { start, end, total } : undefined;
}

/** Bytes of the whole file as a 416 tells them; `undefined` where it does not. */
export function sizeOfUnsatisfied({ headers }: Response): number | undefined {
  const size = /^bytes \*\/(\d+)$/.exec(headers.get('Content-Range') ?? '')?.[1];
  return size === undefined ? undefined : Number(size);
}

/** `Content-Length` in bytes: of the compressed body where there is a content coding. `undefined` where it is missing or nonsense. */
export function contentLengthOf({ headers }: Response): number | undefined {
  const value = headers.get('Content-Length');
  return value !== null && /^\d+$/.test(value) && Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
}

/**
 * Whether the body was compressed on its way. Across origins `Content-Encoding` may not be read unless the
 * server allows it, so that a missing header says nothing there, nor in an answer that a script has made of another.
 */
export function codingOf({ headers, type }: Response): Coding {
  const coding = headers.get('Content-Encoding');
  if (coding !== null) return /^(identity)?$/i.test(coding.trim()) ? 'none' : 'some';
  if (type === 'basic') return 'none';
  return NEVER_ENCODED.test(headers.get('Content-Type') ?? '') ? 'unlikely' : 'unknown';
}

/** Whether `Content-Length` counts as the length of the file, until another answer or the end of the body contradicts it. */
export function isCounted(coding: Coding): boolean {
  return coding === 'none' || coding === 'unlikely';
}

/** Milliseconds that `Retry-After` asks to wait, in seconds or until a date; `undefined` where it may not be read. */
export function retryAfterOf({ headers }: Response): number | undefined {
  const value = headers.get('Retry-After');
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const until = Date.parse(value);
  const now = Date.parse(headers.get('Date') ?? '') || Date.now();
  return Number.isNaN(until) ? undefined : Math.max(0, until - now);
}

/** Whether an answer says that it is a page, where another file was asked for. Some servers say so of every file. */
export function claimsToBePage({ headers }: Response, url: string): boolean {
  return /^(text\/html|application\/xhtml)/i.test(headers.get('Content-Type') ?? '') && !/\.x?html?$/i.test(new URL(url).pathname);
}

/** Whether a body that begins with these bytes is a page: a file of words may begin with `<s>`, and a template with `<|`. */
export function beginsAsPage(bytes: Uint8Array): boolean {
  return /^\uFEFF?\s*<(!|\?xml|html|head|body|meta|title|script)/i.test(new TextDecoder().decode(bytes.subarray(0, 64)));
}
