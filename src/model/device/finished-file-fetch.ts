import { DownloadFailure, type FetchLike } from '../../core/index.js';
import { isTransientStatus } from '../../core/internal.js';
import { addressOf, keyOf } from '../../transfer/internal.js';
import { copyBody } from './copy-body.js';
import type { FinishedFile, FinishedFiles } from './finished-files.js';
import { withLimit } from '../request-limits.js';

/** How long the server may take to report the current version of a stored file, in ms. */
const VERSION_LIMIT = 10_000;

/** A `Last-Modified` identifies a version only if it is older than this, in ms: RFC 9110, 8.8.2.2. */
const STRONG_AGE = 60_000;

/** Options of {@link createFinishedFileFetch}. */
export interface FinishedFileFetchOptions {
  readonly files: FinishedFiles;
  /** Downloads a file. */
  readonly fetch: FetchLike;
  /** Requests the current version. Default: the platform's `fetch`. */
  readonly request?: FetchLike | undefined;
  /** Called when a file is served from this device, with its size in bytes. */
  readonly onStored: (url: string, size: number) => void;
  /** Called for each file that is being stored; `kept` resolves with whether that succeeded. */
  readonly onKeeping: (url: string, kept: Promise<boolean>) => void;
}

/**
 * Creates a `fetch` that stores whole files on this device. A stored file is returned if the server reports the same
 * version, or if the server cannot be reached and the request has no cookies.
 */
export function createFinishedFileFetch({
  files,
  fetch,
  request = (input, init) => globalThis.fetch(input, init),
  ...listener
}: FinishedFileFetchOptions): FetchLike {
  return async (input, init = {}) => {
    const parsed = plainRequest(input, init);
    if (!parsed) return fetch(input, init);
    const url = addressOf(parsed.url);
    const key = await keyOf(url, parsed.headers);
    const known = await files.find(key);
    if (known && (await isCurrent(known, parsed, input, init, request))) {
      const response = await files.read(known);
      if (response) {
        listener.onStored(url, known.size);
        return response;
      }
    }
    const response = await fetch(input, init);
    if (!response.ok || !response.body) return response;
    const { kept, response: passed } = copyBody(response, (copy) => files.write(key, copy), {
      onEnd: () => files.markUnfinished(key),
      onCopied: (size) => files.markFinished({ key, size, ...versionOf(response) }),
    });
    listener.onKeeping(url, kept);
    return passed;
  };
}

/** The request as the platform parses it; `undefined` unless it is a GET for a whole file. */
function plainRequest(input: RequestInfo | URL, init: RequestInit): Request | undefined {
  try {
    const request = new Request(input, init);
    return request.method === 'GET' && !request.headers.has('Range') ? request : undefined;
  } catch {
    // The platform's `fetch` reports what is wrong with it.
    return undefined;
  }
}

/** Whether a stored file may be returned without downloading it. */
async function isCurrent(
  known: FinishedFile,
  parsed: Request,
  input: RequestInfo | URL,
  init: RequestInit,
  request: FetchLike,
): Promise<boolean> {
  const answer = await requestHeaders(input, { ...init, signal: parsed.signal }, request);
  parsed.signal.throwIfAborted();
  // The server cannot be reached, or cannot report the version at the moment.
  if (!answer || isTransientStatus(answer.status)) return parsed.credentials !== 'include';
  if (!answer.ok) return false;
  const { etag, lastModified } = versionOf(answer);
  if (etag !== undefined && known.etag !== undefined) return etag === known.etag;
  return lastModified !== undefined && lastModified === known.lastModified && Number(answer.headers.get('Content-Length')) === known.size;
}

/** Requests the headers of a file without a preflight; `undefined` if no response arrives. */
async function requestHeaders(input: RequestInfo | URL, init: RequestInit, request: FetchLike): Promise<Response | undefined> {
  // Some servers do not support HEAD; a GET whose body is not read returns the same headers.
  for (const method of ['HEAD', 'GET']) {
    try {
      const run = (signal: AbortSignal): Promise<Response> => request(input, { ...init, method, cache: 'no-cache', signal });
      const answer = await withLimit(VERSION_LIMIT, run, [init.signal]);
      // Only the headers are used.
      void answer.body?.cancel().catch(() => undefined);
      if (answer.status !== 405 && answer.status !== 501) return answer;
    } catch (cause) {
      // After a timeout there is no second request. Other errors may depend on the method: CORS may allow only one of them.
      if (cause instanceof DownloadFailure) return undefined;
    }
  }
  return undefined;
}

/** The headers of a response that identify the version of its file. */
function versionOf({ headers }: Response): Pick<FinishedFile, 'etag' | 'lastModified'> {
  const etag = headers.get('ETag');
  const lastModified = headers.get('Last-Modified');
  const age = Date.parse(headers.get('Date') ?? new Date().toUTCString()) - Date.parse(lastModified ?? '');
  return {
    etag: etag === null || etag.startsWith('W/') ? undefined : etag,
    lastModified: lastModified !== null && age >= STRONG_AGE ? lastModified : undefined,
  };
}
