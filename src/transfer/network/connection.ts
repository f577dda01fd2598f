// In: the address and headers of a request, and the first byte that is missing. Out: an open response whose body is the file, or a part.
import { DownloadFailure, type Clock } from '../../core/index.js';
import { codeOfStatus, epochNow, isTransientStatus } from '../../core/internal.js';
import type { DownloadRequest } from '../download-request.js';
import { compareVersions, validatorOf, type FileVersion } from '../integrity/file-version.js';
import {
  codingOf,
  contentLengthOf,
  isCounted,
  parseContentRange,
  retryAfterOf,
  sizeOfUnsatisfied,
  type Coding,
} from './response-headers.js';

/** An open answer whose body is the file, or a part of it. */
export interface Connection {
  readonly response: Response;
  /** Whether it answers a range by a range. */
  readonly isRange: boolean;
  /** The place in the file of the body's first byte. */
  readonly start: number;
  /** The place after the body's last byte; `undefined` where the server does not say, or says it of a compressed body. */
  readonly end: number | undefined;
  /** Whether `start` is the server's own word. A range without a readable `Content-Range` may begin anywhere. */
  readonly isPlaced: boolean;
  /** `Content-Length` as it came, in bytes. */
  readonly declared: number | undefined;
  readonly coding: Coding;
  /** What the answer says of the whole file. */
  readonly version: FileVersion;
  /** Bytes of the body, where all of it is on this device and the answer is to be given away as it is. */
  readonly untouched?: number | undefined;
}

/** An answer that is no file. Its body is still to be read, or to be cancelled. */
export class ResponseFailure extends DownloadFailure {
  readonly response: Response;

  constructor(response: Response) {
    const { status, headers } = response;
    const details = { httpStatus: status, retryAfter: retryAfterOf(response) };
    super(codeOfStatus(status, headers.get('X-Error-Code')), `The server answered with ${status}`, details);
    this.response = response;
  }
}

/** How a connection is opened. */
export interface ConnectOptions {
  readonly request: DownloadRequest;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** How to ask for the bytes behind those that are held. */
export interface Continuation {
  /** The version of which the bytes before are. */
  readonly version: FileVersion;
  /** Whether a range can be of use: else the whole file is asked for, and what is held is skipped. */
  readonly mayRange: boolean;
}

/** Whether a server has refused a request for now, whatever it asks for. Some answer a range that they cannot send with 500. */
export function isLater(cause: unknown): boolean {
  return cause instanceof ResponseFailure && (cause.response.status < 500 || cause.retryAfter !== undefined);
}

/**
 * Asks for the file from its first byte on, as the caller did.
 *
 * @param cache Another cache mode than the caller's.
 * @throws ResponseFailure for an answer without a file; what `fetch` throws.
 */
export async function connectPlain({ request, clock, signal }: ConnectOptions, cache?: RequestCache): Promise<Connection> {
  const response = await afresh(await request.plain(signal, cache), request.url, () => request.plain(signal, 'no-store'));
  // A status like 206 was not asked for; the caller knows what to do with it, or does not.
  if (response.status !== 200 || !response.body) throw new ResponseFailure(response);
  return plainConnection(response, clock);
}

/**
 * Asks for the bytes from `start` on.
 *
 * @param expected The version of which the bytes before are.
 * @returns `undefined` when the server refuses the range, or answers another one: the file itself it may well have,
 * also where it forbids the range.
 * @throws ResponseFailure for a status that may pass; what `fetch` throws.
 */
export async function connectRange(
  { request, clock, signal }: ConnectOptions,
  start: number,
  expected: FileVersion,
): Promise<Connection | undefined> {
  const response = await afresh(await request.range(start, signal), request.url, () => request.range(start, signal));
  const { status } = response;
  if (status === 200 && response.body) return plainConnection(response, clock);
  const connection = status === 206 ? rangeConnection(response, start, expected, clock) : undefined;
  if (connection) return connection;
  if (status === 416 && sizeOfUnsatisfied(response) === start) {
    const version = { total: start, validator: validatorOf(response, epochNow(clock)) };
    // Nothing follows, if it is the same version: only the server's own word makes this an end.
    if (compareVersions(expected, version) === 'same') return emptyConnection(response, version);
  }
  // 501 says that the server cannot answer a range, whenever it is asked.
  if (isTransientStatus(status) && status !== 501) throw new ResponseFailure(response);
  dismiss(response);
  return undefined;
}

/** Lets go of an answer that is of no use. One whose connection broke cannot be cancelled, and need not be. */
export function dismiss({ body }: Response): void {
  body?.cancel().catch(() => undefined);
}

/**
 * Asks again where the address that a hub has redirected to, on another host, has expired: a cached redirect leads there
 * still. A redirect on the same host, as that of a renamed model, does not expire.
 */
async function afresh(response: Response, asked: string, ask: () => Promise<Response>): Promise<Response> {
  const hasExpired = response.status === 403 || response.status === 404;
  if (!response.redirected || !hasExpired || new URL(response.url).host === new URL(asked).host) return response;
  dismiss(response);
  return ask();
}

function plainConnection(response: Response, clock: Clock): Connection {
  const coding = codingOf(response);
  const declared = contentLengthOf(response);
  const end = isCounted(coding) ? declared : undefined;
  const version = { total: end, validator: validatorOf(response, epochNow(clock)) };
  return { response, isRange: false, start: 0, end, isPlaced: true, declared, coding, version };
}

/** `undefined` for parts of a compressed body, for several parts, and for one that begins behind the byte that was asked for. */
function rangeConnection(response: Response, asked: number, expected: FileVersion, clock: Clock): Connection | undefined {
  const coding = codingOf(response);
  const place = parseContentRange(response);
  const declared = contentLengthOf(response);
  // One that says neither where it begins nor where it ends may be any part.
  const isHidden = !response.headers.has('Content-Range') && declared !== undefined;
  const isSeveral = /^multipart\//i.test(response.headers.get('Content-Type') ?? '');
  if (coding === 'some' || isSeveral || !response.body || (!place && !isHidden) || (place && place.start > asked)) return undefined;
  const hiddenEnd = declared === undefined ? undefined : asked + declared;
  // A part that fills the file up to the total of before says by that what the total is now.
  const { start, end, total } = place ?? { start: asked, end: hiddenEnd, total: hiddenEnd === expected.total ? hiddenEnd : undefined };
  const version = { total, validator: validatorOf(response, epochNow(clock)) };
  return { response, isRange: true, start, end, isPlaced: place !== undefined, declared, coding: 'none', version };
}

function emptyConnection({ headers }: Response, version: FileVersion): Connection {
  const { total: place = 0 } = version;
  const response = new Response(new Blob([]).stream(), { headers });
  return { response, isRange: true, start: place, end: place, isPlaced: true, declared: 0, coding: 'none', version };
}
