import { codeOfStatus, DownloadFailure, type FetchLike } from '../core/index.js';
import { parseContentRange, retryAfterOf, sizeOf, validatorOf } from './response-headers.js';

/** What a download asks for. */
export interface DownloadRequest {
  readonly url: string;
  /** The caller's own settings: credentials, headers, mode and whatever else. */
  readonly init: RequestInit;
  readonly fetch: FetchLike;
}

/** How to ask. */
export interface ConnectSettings {
  /** The first byte that is wanted. */
  readonly start: number;
  /** Whether to pass by the browser's own cache, which may hold a broken or an older answer. */
  readonly fresh: boolean;
  readonly signal: AbortSignal;
}

/** An open answer whose body begins at, or before, the byte that was asked for. */
export interface Connection {
  readonly response: Response;
  /** Bytes of the body that come before the one that was asked for: the server ignored the range. */
  readonly skip: number;
  /** Bytes of the whole file; `undefined` where the server does not say. */
  readonly total: number | undefined;
  /** What the server calls this version of the file; `undefined` where it may not be read. */
  readonly validator: string | undefined;
}

/** An answer that is no file. Its body is still to be read, or to be cancelled. */
export class ResponseFailure extends DownloadFailure {
  readonly response: Response;

  constructor(response: Response) {
    const { status } = response;
    const details = { httpStatus: status, retryAfter: retryAfterOf(response) };
    super(codeOfStatus(status), `The server answered with ${status}`, details);
    this.response = response;
  }
}

/**
 * Asks for a file from byte `start` on. A range is asked for even from the first byte: it forbids
 * compression, so that the length is that of the file, and its answer tells the total.
 *
 * Nothing but `Range` is added, since `If-Range` would make browsers ask for permission first.
 *
 * @returns `undefined` when `start` is the end of the file.
 * @throws ResponseFailure for an error status; DownloadFailure for other bytes than the file's; whatever `fetch` throws.
 */
export async function connect(request: DownloadRequest, { start, fresh, signal }: ConnectSettings): Promise<Connection | undefined> {
  const response = await ask(request, start, signal, fresh);
  const total = sizeOf(response, start);
  const validator = validatorOf(response);
  if (response.status === 206) {
    const range = parseContentRange(response);
    // A server may send other bytes than those asked for; then it is as if it ignored the range.
    if (range && range.start > start) {
      await response.body?.cancel();
      throw new DownloadFailure('corrupt', 'The server sent other bytes than those asked for');
    }
    return { response, skip: range ? start - range.start : 0, total, validator };
  }
  if (response.status === 416) {
    await response.body?.cancel();
    if (total === undefined || total === start) return undefined;
    throw new DownloadFailure('changed', `The file has ${total} bytes now`, { httpStatus: 416 });
  }
  if (!response.ok) throw new ResponseFailure(response);
  return { response, skip: start, total, validator };
}

async function ask(request: DownloadRequest, start: number, signal: AbortSignal, fresh: boolean): Promise<Response> {
  const response = await send(request, start, signal, fresh);
  // The address that a hub redirects to expires, and a cached redirect leads there still.
  const expired = response.redirected && (response.status === 403 || response.status === 404);
  if (!expired) return response;
  await response.body?.cancel();
  return send(request, start, signal, true);
}

function send({ url, init, fetch }: DownloadRequest, start: number, signal: AbortSignal, fresh: boolean): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('Range', `bytes=${start}-`);
  return fetch(url, { ...init, headers, signal, ...(fresh ? { cache: 'no-store' } : {}) });
}
