import { systemClock, type Clock, type DownloadFailure, type FetchLike } from '../../core/index.js';
import { contentLengthOf, epochNow, isTransientStatus } from '../../core/internal.js';
import { addressOf, BodyCheck, compareVersions, HubListing, isTag, keyOf, validatorOf, type VerifyMode } from '../../transfer/internal.js';
import { withLimit } from '../request-limits.js';
import { checkedBody } from './checked-body.js';
import { copyBody } from './copy-body.js';
import type { CompleteFile, CompleteFiles } from './complete-files.js';
import { isForEachUser, sendsCookies } from './shared-response.js';
import { requestVersion } from './version-request.js';

/** How long the deletion of a wrong file may take, in ms: its reader waits for it. */
const DELETE_LIMIT = 1_000;

/** Options of {@link createCompleteFileFetch}. */
export interface CompleteFileFetchOptions {
  readonly files: CompleteFiles;
  /** Downloads a file. */
  readonly fetch: FetchLike;
  /** Requests the current version, and the hub's listing. Default: the platform's `fetch`. */
  readonly request?: FetchLike | undefined;
  /** Which stored files are compared with the hash in the hub's listing: all, or none with `never`. Default `always`. */
  readonly verify?: VerifyMode | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
  /** Called when a file is served from this device, with its size in bytes. */
  readonly onStored: (url: string, size: number) => void;
  /** Called when a stored file does not have the expected length or hash, before its reader receives the failure. */
  readonly onWrong: (failure: DownloadFailure, url: string) => void;
  /** Called for each file that is being stored; `kept` resolves with whether that succeeded. */
  readonly onKeeping: (url: string, kept: Promise<boolean>) => void;
}

/**
 * Creates a `fetch` that stores complete files on this device. A stored file is returned if the server reports the same version. If
 * the server cannot be reached or has a temporary error, a stored file is returned only if it is the same for each user or the
 * request sends no cookies. While a stored file is read, its length and its hash are compared with the noted length, the request's
 * `integrity` and the hub's listing.
 */
export function createCompleteFileFetch({
  files,
  fetch,
  request = (input, init) => globalThis.fetch(input, init),
  verify = 'always',
  clock = systemClock,
  ...listener
}: CompleteFileFetchOptions): FetchLike {
  const listing = new HubListing(request, clock);
  return async (input, init = {}) => {
    const parsed = plainRequest(input, init);
    if (!parsed) return fetch(input, init);
    const url = addressOf(parsed.url);
    const key = await keyOf(url, parsed.headers);
    const known = await files.find(key);
    if (known && (await isCurrent(known, parsed, clock, () => requestVersion(input, { ...init, signal: parsed.signal }, request)))) {
      const response = await files.read(known);
      if (response) {
        listener.onStored(url, known.size);
        const lookUp: HubListing['lookUp'] = (...query) => listing.lookUp(...query);
        const check = new BodyCheck({ url, verify, lookUp, init, integrity: parsed.integrity, clock });
        const onWrong = async (failure: DownloadFailure): Promise<void> => {
          listener.onWrong(failure, url);
          await withLimit(DELETE_LIMIT, () => files.drop(key)).catch(() => undefined);
        };
        return checkedBody(response, { size: known.size, check, onWrong });
      }
    }
    const response = await fetch(input, init);
    if (!response.ok || !response.body) return response;
    const { kept, response: passed } = copyBody(response, (copy) => files.write(key, copy), {
      onEnd: () => files.markIncomplete(key),
      onCopied: (size) => {
        const validator = validatorOf(response, epochNow(clock));
        return files.markComplete({ key, size, validator, isForEachUser: isForEachUser(response, url) });
      },
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
  known: CompleteFile,
  parsed: Request,
  clock: Clock,
  request: () => Promise<Response | undefined>,
): Promise<boolean> {
  const response = await request();
  parsed.signal.throwIfAborted();
  // The server cannot be reached, or cannot report the version at the moment.
  if (!response || isTransientStatus(response.status)) return known.isForEachUser || !sendsCookies(parsed);
  if (!response.ok) return false;
  const validator = validatorOf(response, epochNow(clock));
  // A strong `ETag` identifies the bytes by itself. The `Content-Length` of a compressed response is not the size of the file.
  const total = isTag(validator) ? undefined : contentLengthOf(response);
  return compareVersions({ total: known.size, validator: known.validator }, { total, validator }) === 'same';
}
