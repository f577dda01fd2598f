/** The place that a partial answer has in its file. */
export interface ContentRange {
  readonly start: number;
  /** `undefined` where the server does not know. */
  readonly total: number | undefined;
}

/** Reads `Content-Range: bytes 5-9/10`, or gives `undefined` where it is missing, hidden or nonsense. */
export function parseContentRange({ headers }: Response): ContentRange | undefined {
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('Content-Range') ?? '') ?? [];
  return start === undefined ? undefined : { start: Number(start), total: total === '*' ? undefined : Number(total) };
}

/**
 * Bytes of the whole file, as the answer to a request from byte `start` on tells them; `undefined`
 * where it does not. `Content-Length` may be read across origins where `Content-Range` may not.
 */
export function sizeOf(response: Response, start: number): number | undefined {
  const { status, headers } = response;
  const unsatisfied = /^bytes \*\/(\d+)$/.exec(headers.get('Content-Range') ?? '')?.[1];
  if (unsatisfied !== undefined) return Number(unsatisfied);
  const range = parseContentRange(response);
  if (range?.total !== undefined) return range.total;
  // The length of a compressed body is not that of the file.
  if (headers.has('Content-Encoding')) return undefined;
  const length = Number(headers.get('Content-Length') ?? NaN);
  if (!Number.isSafeInteger(length) || length < 0) return undefined;
  return status === 206 ? (range?.start ?? start) + length : length;
}

/** What the server calls this version of the file: its strong tag, else a weak one, else a date. */
export function validatorOf({ headers }: Response): string | undefined {
  return headers.get('ETag') ?? headers.get('Last-Modified') ?? undefined;
}

/** Milliseconds that `Retry-After` asks to wait, in seconds or until a date; `undefined` where it may not be read. */
export function retryAfterOf({ headers }: Response): number | undefined {
  const value = headers.get('Retry-After');
  if (value === null) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const until = Date.parse(value);
  const now = Date.parse(headers.get('Date') ?? '') || Date.now();
  return Number.isNaN(until) ? undefined : Math.max(0, until - now);
}

/** Whether a page came in place of a file: what some servers answer for every address they do not know. */
export function isPage({ headers }: Response, url: string): boolean {
  return /^text\/html\b/i.test(headers.get('Content-Type') ?? '') && !/\.html?$/i.test(new URL(url).pathname);
}
