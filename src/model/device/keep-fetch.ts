import { DownloadFailure, type FetchLike } from '../../core/index.js';
import { keyOf } from '../../transfer/index.js';
import { keepBody } from './keep-body.js';
import type { FinishedFile, FinishedFiles } from './finished-files.js';
import { withLimit } from '../time-limit.js';

/** How long the server may take to say whether a kept file is still its own, in ms. */
const ASK_LIMIT = 10_000;

/** A `Last-Modified` proves a version only if the file has not changed for so long, in ms: RFC 9110, 8.8.2.2. */
const STRONG_AGE = 60_000;

/** What a {@link createKeepFetch} works with. */
export interface KeepFetchOptions {
  readonly files: FinishedFiles;
  /** Downloads a file. */
  readonly fetch: FetchLike;
  /** Asks the server. Default: the platform's `fetch`. */
  readonly request?: FetchLike | undefined;
  /** Called when a file comes from this device, with its size in bytes. */
  readonly onStored: (url: string, size: number) => void;
  /** Called with each file that is being kept: whether that succeeds. */
  readonly onKeeping: (url: string, kept: Promise<boolean>) => void;
}

/**
 * Makes a `fetch` whose files are kept on this device once they are whole. One that is kept is given
 * out after the server has said that it is still the same, or where the server cannot be reached;
 * one that was fetched with cookies only in the first case.
 */
export function createKeepFetch({
  files,
  fetch,
  request = (input, init) => globalThis.fetch(input, init),
  ...listener
}: KeepFetchOptions): FetchLike {
  return async (input, init = {}) => {
    const asked = plainRequest(input, init);
    if (!asked) return fetch(input, init);
    const url = addressOf(asked.url);
    const key = await keyOf(url, asked.headers);
    const known = await files.find(key);
    if (known && (await isCurrent(known, asked, input, init, request))) {
      const response = await files.read(known);
      if (response) {
        listener.onStored(url, known.size);
        return response;
      }
    }
    const response = await fetch(input, init);
    if (!response.ok || !response.body) return response;
    const { kept, response: passed } = keepBody(response, (copy) => files.write(key, copy), {
      onEnd: () => files.revoke(key),
      onKept: (size) => files.confirm({ key, size, ...versionOf(response) }),
    });
    listener.onKeeping(url, kept);
    return passed;
  };
}

/** The request as the platform reads it; `undefined` for one that asks for no whole file. */
function plainRequest(input: RequestInfo | URL, init: RequestInit): Request | undefined {
  try {
    const request = new Request(input, init);
    return request.method === 'GET' && !request.headers.has('Range') ? request : undefined;
  } catch {
    // The platform says what is wrong with it.
    return undefined;
  }
}

function addressOf(url: string): string {
  return url.replace(/#.*$/s, '');
}

/** Whether a kept file may be given out without downloading it. */
async function isCurrent(
  known: FinishedFile,
  asked: Request,
  input: RequestInfo | URL,
  init: RequestInit,
  request: FetchLike,
): Promise<boolean> {
  const answer = await ask(input, { ...init, signal: asked.signal }, request);
  asked.signal.throwIfAborted();
  // The server cannot be reached, or says nothing about the file now.
  if (!answer || answer.status === 408 || answer.status === 429 || answer.status >= 500) return asked.credentials !== 'include';
  if (!answer.ok) return false;
  const { etag, lastModified } = versionOf(answer);
  if (etag !== undefined && known.etag !== undefined) return etag === known.etag;
  return lastModified !== undefined && lastModified === known.lastModified && Number(answer.headers.get('Content-Length')) === known.size;
}

/** Asks for the headers of a file, in a way that needs no preflight; `undefined` where no answer comes. */
async function ask(input: RequestInfo | URL, init: RequestInit, request: FetchLike): Promise<Response | undefined> {
  // Servers that know no HEAD are asked for the file, whose body is not read.
  for (const method of ['HEAD', 'GET']) {
    try {
      const run = (signal: AbortSignal): Promise<Response> => request(input, { ...init, method, cache: 'no-cache', signal });
      const answer = await withLimit(ASK_LIMIT, run, [init.signal]);
      // Of the answer only the headers are wanted.
      void answer.body?.cancel().catch(() => undefined);
      if (answer.status !== 405 && answer.status !== 501) return answer;
    } catch (cause) {
      // A server may allow other origins one method and not the other; one that does not answer is not asked twice.
      if (cause instanceof DownloadFailure) return undefined;
    }
  }
  return undefined;
}

/** What in an answer proves the version of its file. */
function versionOf({ headers }: Response): Pick<FinishedFile, 'etag' | 'lastModified'> {
  const etag = headers.get('ETag');
  const lastModified = headers.get('Last-Modified');
  const age = Date.parse(headers.get('Date') ?? new Date().toUTCString()) - Date.parse(lastModified ?? '');
  return {
    etag: etag === null || etag.startsWith('W/') ? undefined : etag,
    lastModified: lastModified !== null && age >= STRONG_AGE ? lastModified : undefined,
  };
}
