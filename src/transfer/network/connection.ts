// In: the address and headers of a request, and the first byte that is missing. Out: an open response whose body is the file, or a part.
import { DownloadFailure, type Clock } from '../../core/index.js';
import { codeOfStatus, contentLengthOf, epochNow, isTransientStatus } from '../../core/internal.js';
import type { DownloadRequest } from '../download-request.js';
import { compareVersions, validatorOf, type FileVersion } from '../integrity/file-version.js';
import { codingOf, isCounted, parseContentRange, retryAfterOf, sizeOfUnsatisfied, type Coding } from './response-headers.js';

/** An open response whose body is the file, or a part of it. */
export interface Connection {
  readonly response: Response;
  /** Whether a range was requested and the server has sent it. */
  readonly isRange: boolean;
  /** The offset in the file of the body's first byte. */
  readonly start: number;
  /** The offset after the body's last byte; `undefined` if the server does not send it, or counts compressed bytes. */
  readonly end: number | undefined;
  /** Whether the server has sent `start`. A range without a readable `Content-Range` may begin anywhere. */
  readonly isPlaced: boolean;
  /** `Content-Length` of the response, in bytes; `undefined` where it is missing. */
  readonly declared: number | undefined;
  readonly coding: Coding;
  /** The version of the whole file, by the response's headers. */
  readonly version: FileVersion;
  /** Bytes of a body that is completely on this device: the response is returned to the caller unchanged. `undefined` for another body. */
  readonly untouched?: number | undefined;
  /**
   * Resolves with the same connection and a copy of its body, once it is known whether the body is on this device. The caller reads
   * the response itself at the same time. `undefined` if the body is read without a copy.
   */
  readonly copy?: Promise<Connection> | undefined;
}

/** A response without a file. Its body must still be read or cancelled. */
export class ResponseFailure extends DownloadFailure {
  readonly response: Response;

  constructor(response: Response) {
    const { status, headers } = response;
    const details = { httpStatus: status, retryAfter: retryAfterOf(response) };
    super(codeOfStatus(status, headers.get('X-Error-Code')), `Expected a file, received status ${status}`, details);
    this.response = response;
  }
}

/** What a connection is opened with. */
export interface ConnectOptions {
  readonly request: DownloadRequest;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether another request for the same address waits for its response. `undefined` is `false`. */
  readonly isBeside?: boolean | undefined;
}

/** How the bytes after the received ones are requested. */
export interface Continuation {
  /** The version of the received bytes. */
  readonly version: FileVersion;
  /** Whether a range can be joined: else the whole file is requested, and the received bytes are skipped. */
  readonly mayRange: boolean;
  /** How long the bytes of an earlier visit took to arrive, in ms; `undefined` if unknown, and for bytes of this visit. */
  readonly took?: number | undefined;
}

/**
 * Whether a server has refused a request for now, whatever its range is. A 5xx without `Retry-After` does not count: some servers
 * respond with 500 to a range that they cannot send.
 */
export function isLater(cause: unknown): boolean {
  return cause instanceof ResponseFailure && (cause.response.status < 500 || cause.retryAfter !== undefined);
}

/**
 * Requests the file from its first byte on, as the caller did.
 *
 * @param cache The cache mode. Default: the caller's own.
 * @throws ResponseFailure for a response without a file; what `fetch` throws.
 */
export async function connectPlain({ request, clock, signal, isBeside }: ConnectOptions, cache?: RequestCache): Promise<Connection> {
  const mode = cache ?? (isBeside ? request.cacheBeside : undefined);
  const response = await repeatIfExpired(await request.plain(signal, mode), request.url, () => request.plain(signal, 'no-store'));
  // The caller handles a status like 206, which was not requested.
  if (response.status !== 200 || !response.body) throw new ResponseFailure(response);
  return plainConnection(response, clock);
}

/**
 * Requests the bytes from `start` on.
 *
 * @param expected The version of the bytes before.
 * @param end The offset after the last byte. Default: that after the last byte of the file.
 * @returns A connection whose `isRange` is `false` for a 200 with the whole file. `JoinRule.mayJoin()` decides whether its bytes are used.
 * `undefined` if the server refuses the range or responds with another one: it may still send the whole file.
 * @throws ResponseFailure for a temporary status; what `fetch` throws.
 */
export async function connectRange(
  { request, clock, signal }: ConnectOptions,
  start: number,
  expected: FileVersion,
  end?: number,
): Promise<Connection | undefined> {
  const send = (): Promise<Response> => request.range(start, signal, end);
  const response = await repeatIfExpired(await send(), request.url, send);
  const { status } = response;
  if (status === 200 && response.body) return plainConnection(response, clock);
  const connection = status === 206 ? rangeConnection(response, start, expected, clock) : undefined;
  if (connection) return connection;
  if (status === 416 && sizeOfUnsatisfied(response) === start) {
    const version = { total: start, validator: validatorOf(response, epochNow(clock)) };
    // No byte follows if the version is the same, which only the server's validator shows.
    if (compareVersions(expected, version) === 'same') return emptyConnection(response, version);
  }
  // 501 means that the server never sends ranges.
  if (isTransientStatus(status) && status !== 501) throw new ResponseFailure(response);
  dismiss(response);
  return undefined;
}

/** Cancels a response that is not needed. One whose connection broke cannot be cancelled, and need not be. */
export function dismiss({ body }: Response): void {
  body?.cancel().catch(() => undefined);
}

/**
 * Repeats a request whose redirect to another host has expired: the browser's cache still redirects there. A redirect on
 * the same host, such as that of a renamed model, does not expire.
 */
async function repeatIfExpired(response: Response, url: string, repeat: () => Promise<Response>): Promise<Response> {
  const hasExpired = response.status === 403 || response.status === 404;
  if (!response.redirected || !hasExpired || new URL(response.url).host === new URL(url).host) return response;
  dismiss(response);
  return repeat();
}

function plainConnection(response: Response, clock: Clock): Connection {
  const coding = codingOf(response);
  const declared = contentLengthOf(response);
  const end = isCounted(coding) ? declared : undefined;
  const version = { total: end, validator: validatorOf(response, epochNow(clock)) };
  return { response, isRange: false, start: 0, end, isPlaced: true, declared, coding, version };
}

/** Returns `undefined` for a part of a compressed body, for several parts, and for a part without the requested byte. */
function rangeConnection(response: Response, first: number, expected: FileVersion, clock: Clock): Connection | undefined {
  const coding = codingOf(response);
  const range = parseContentRange(response);
  const declared = contentLengthOf(response);
  // Without `Content-Range` and `Content-Length` it may be any part.
  const isHidden = !response.headers.has('Content-Range') && declared !== undefined;
  const isSeveral = /^multipart\//i.test(response.headers.get('Content-Type') ?? '');
  if (coding === 'some' || isSeveral || !response.body || (!range && !isHidden)) return undefined;
  if (range && (range.start > first || range.end <= first)) return undefined;
  const hiddenEnd = declared === undefined ? undefined : first + declared;
  // A part that ends at the expected total confirms that total.
  const { start, end, total } = range ?? { start: first, end: hiddenEnd, total: hiddenEnd === expected.total ? hiddenEnd : undefined };
  const version = { total, validator: validatorOf(response, epochNow(clock)) };
  return { response, isRange: true, start, end, isPlaced: range !== undefined, declared, coding: 'none', version };
}

function emptyConnection({ headers }: Response, version: FileVersion): Connection {
  const { total: end = 0 } = version;
  const response = new Response(new Blob([]).stream(), { headers });
  return { response, isRange: true, start: end, end, isPlaced: true, declared: 0, coding: 'none', version };
}
