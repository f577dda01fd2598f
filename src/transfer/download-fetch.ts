// In: calls of `fetch`, and the reports of their bodies. Out: responses, and `onProgress(url, report)` for each report.
import {
  DownloadRecoveryManager,
  platformConnectivity,
  systemClock,
  type Clock,
  type FetchLike,
  type RetryPolicyOptions,
} from '../core/index.js';
import { checkOptions, VERIFY_RULE, type OptionRule } from '../core/internal.js';
import { ActiveDownloads } from './active-downloads.js';
import type { LookUp, VerifyMode } from './integrity/body-check.js';
import { DownloadRequest } from './download-request.js';
import type { CompleteBody, FileDownloadContext, FileProgressReport } from './file-download-context.js';
import { FileLeases } from './sharing/file-lease.js';
import { platformLock } from './sharing/file-lock.js';
import { PauseGate } from './network/pause-gate.js';
import { HubListing } from './integrity/hub-listing.js';
import type { PartialStore } from './store/partial-store.js';
import { platformStore } from './store/platform-store.js';
import { ProgressChannel } from './sharing/progress-channel.js';
import { TolerantStore } from './store/tolerant-store.js';

/** Settings of {@link createDownloadFetch}. */
export interface DownloadFetchOptions extends RetryPolicyOptions {
  /** Makes the requests. Default: the platform's `fetch`. */
  readonly fetch?: FetchLike | undefined;
  /** Where incomplete files are stored. Default: Cache Storage, or memory where it is missing. */
  readonly store?: PartialStore | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
  /** Separates the stored files of several apps on one origin. Default: none. */
  readonly namespace?: string | undefined;
  /** Ends every download when it aborts; the stored bytes stay. Default: none. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Bytes of a stored segment, at most 128 MiB; a larger value counts as that. Default 4 MiB: `docs/transfer.md` has the measurement. A crash loses the segment that is
   * being filled, and the earlier ones that still wait for a slow disk.
   */
  readonly segmentSize?: number | undefined;
  /**
   * How long a response or its next byte may take, in ms, before another request is made. Default 30,000. Each timeout doubles the
   * time for its file, up to eight times the option. After ten times without a byte the connection is closed.
   */
  readonly stallTimeout?: number | undefined;
  /**
   * The most connections for one file. Default 1. With 2 or more, a large file of a hub that would take seconds longer is requested
   * over several connections, while these are faster together; more than 4 have no effect. Set it for servers that limit each
   * connection: `docs/transfer.md` tells what it costs elsewhere.
   */
  readonly connections?: number | undefined;
  /**
   * Which bodies are compared with the file's hash, if one is known. Default `always`. With `spliced`: those that consist of
   * several responses, or of stored bytes and a response.
   */
  readonly verify?: VerifyMode | undefined;
  /** Finds size and hash of a file. Default: reads the listing of the model hub, for an address on a hub. */
  readonly lookUp?: LookUp | undefined;
  /**
   * Reads a whole file from the caller's own storage; resolves with `undefined` if it is not there. Called after another caller or
   * tab has downloaded the file. Default: the caller stores nothing, and the stored bytes of a file are deleted once its body has
   * been read to the end.
   */
  readonly readWhole?: ((url: string) => Promise<Response | undefined>) | undefined;
  /**
   * Called with the body of a file when its last bytes are delivered. Its bytes stay in the store until the returned promise has
   * settled, so that the caller can store the file from there; with `undefined`, or an error, they are released at once. Not called for
   * requests with headers of their own, and without a declared length. Default: none.
   */
  readonly onComplete?: ((url: string, body: CompleteBody) => Promise<void> | undefined) | undefined;
  /**
   * Whether an error response for a file is returned to the caller at once, even a temporary one, because the caller can
   * continue without the file. Default: for no file.
   */
  readonly passesErrors?: ((url: string) => boolean) | undefined;
  /**
   * Resolves when a broken download is to continue; rejects when it is to end. Default: the automatic retries of a
   * `DownloadRecoveryManager`.
   */
  readonly recover?: ((cause: unknown) => Promise<void>) | undefined;
  /**
   * Whether `recover` would let a download continue now. If not, a server that does not respond or that pauses gets ten
   * times the timeout. Default: whether the default `recover` would retry; `true` if `recover` is set.
   *
   * @param isAlone Whether retries by the user are left out. If the result is then `false`, and the server has refused a range
   * for now, the whole file is requested.
   */
  readonly canRecover?: ((isAlone?: boolean) => boolean) | undefined;
  /**
   * Receives the progress of each file: about ten times a second, or with each mebibyte if the network is faster than
   * that. An error that it throws is reported as uncaught.
   */
  readonly onProgress?: ((url: string, report: FileProgressReport) => void) | undefined;
  /** Called once when bytes cannot be stored, for lack of room or of storage. */
  readonly onFull?: ((cause: unknown) => void) | undefined;
  /**
   * Called when a download has failed for good, with the error that its body or its `fetch` was rejected with. What it throws
   * surfaces as an uncaught error.
   */
  readonly onFailure?: ((cause: unknown, url: string) => void) | undefined;
}

/** A `fetch` whose downloads survive broken connections, pauses, reloads and crashes. */
export interface DownloadFetch extends FetchLike {
  /** Whether a file is being downloaded. */
  readonly isActive: boolean;
  /** Whether a download waits for another tab, or another caller, that downloads the same file. */
  readonly isFollowing: boolean;
  /**
   * Requests a file before its reader does. Works like a call, but the bytes are stored until the body of the response is read, and
   * a failure before the response rejects at once.
   *
   * @param isRepeated Whether the reader requests the file again if its body breaks, as the ONNX Runtime does. Then a WebAssembly
   * file without a known hash is returned as the server's own response, so that the browser can store the compiled code for the next
   * visit. The second request continues after the bytes that have arrived. Default `false`.
   */
  preload(input: RequestInfo | URL, init?: RequestInit, isRepeated?: boolean): Promise<Response>;
  /** Closes every connection at once. Their bodies wait until `resume()`, and so do new requests. */
  pause(): void;
  /** Continues after the bytes that have arrived. */
  resume(): void;
  /** Ends every download with `reason`, by default an `AbortError`. The stored bytes stay. */
  abort(reason?: unknown): void;
  /** Deletes the stored bytes of the files that are being downloaded, and stores no more bytes of them. */
  discard(): Promise<void>;
}

/** The default of `segmentSize`. */
const SEGMENT_SIZE = 4 * 1024 * 1024;

/** The most bytes of a segment: a segment is one buffer. */
const MOST_SEGMENT_SIZE = 128 * 1024 * 1024;

/** The default of `stallTimeout`. */
const STALL_TIMEOUT = 30_000;

/** The rules of the options. The numbers of retries are checked by recovery. */
const RULES: { readonly [Name in keyof DownloadFetchOptions]: OptionRule } = {
  fetch: 'function',
  store: 'object',
  clock: 'object',
  namespace: 'string',
  signal: 'AbortSignal',
  segmentSize: 1,
  stallTimeout: 1,
  connections: 1,
  verify: VERIFY_RULE,
  lookUp: 'function',
  readWhole: 'function',
  onComplete: 'function',
  passesErrors: 'function',
  recover: 'function',
  canRecover: 'function',
  onProgress: 'function',
  onFull: 'function',
  onFailure: 'function',
};

/**
 * Creates a `fetch` for downloads. Other requests (another method, a body, a `Range` of their own) pass unchanged.
 *
 * @throws TypeError when an option has a wrong type; RangeError when `segmentSize`, `stallTimeout` or `connections` is less than 1, or `verify` is not
 * one of its three values.
 */
export function createDownloadFetch(options: DownloadFetchOptions = {}): DownloadFetch {
  checkOptions(options, RULES);
  const { clock = systemClock, signal, onProgress, onFailure } = options;
  // Read at each call: the platform's `fetch` needs its `this`, and a page may replace it later.
  const request: FetchLike = options.fetch ?? ((input, init) => fetch(input, init));
  const recovery = new DownloadRecoveryManager({ ...options, clock, interactive: false, connectivity: platformConnectivity });
  const context = createContext(options, { clock, request, recovery });
  const downloads = new ActiveDownloads({ context, recovery, signal, onProgress, onFailure });
  const start: StartDownload = async (input, init, kind) => {
    const download = DownloadRequest.of(input, init ?? {}, request);
    // `null` removes the signal of a `Request`.
    const own = init?.signal === undefined ? (input as Partial<Request>).signal : init.signal;
    return download ? downloads.start(download, own, kind) : request(input, init);
  };
  const downloadFetch: FetchLike = (input, init) => start(input, init);
  const controls: Omit<DownloadFetch, 'isActive' | 'isFollowing'> = {
    preload: (input, init, isRepeated = false) => start(input, init, { isEarly: true, isRepeated }),
    pause: () => downloads.pause(),
    resume: () => downloads.resume(),
    abort: (reason: unknown = new DOMException('The download was aborted.', 'AbortError')) => downloads.abort(reason),
    discard: () => downloads.discard(),
  };
  return Object.defineProperties(Object.assign(downloadFetch, controls), {
    isActive: { get: () => downloads.isActive },
    isFollowing: { get: () => downloads.isFollowing },
  }) as DownloadFetch;
}

/** Starts the download of a call. */
type StartDownload = (...call: [...Parameters<FetchLike>, kind?: Parameters<ActiveDownloads['start']>[2]]) => Promise<Response>;

interface Collaborators {
  readonly clock: Clock;
  readonly request: FetchLike;
  readonly recovery: DownloadRecoveryManager;
}

/** Creates the objects that all downloads of one download fetch share. */
function createContext(options: DownloadFetchOptions, { clock, request, recovery }: Collaborators): FileDownloadContext {
  const { namespace = '', segmentSize = SEGMENT_SIZE, stallTimeout = STALL_TIMEOUT, store, readWhole } = options;
  const listing = new HubListing(request, clock);
  const gate = new PauseGate();
  const channel = ProgressChannel.of(namespace);
  return {
    clock,
    gate,
    channel,
    stallTimeout,
    connections: options.connections ?? 1,
    readWhole,
    onComplete: options.onComplete,
    leases: new FileLeases({ namespace, lock: platformLock(clock), gate, channel, clock, stallTimeout }),
    storage: {
      clock,
      segmentSize: Math.min(segmentSize, MOST_SEGMENT_SIZE),
      store: store ? new TolerantStore(() => Promise.resolve(store), clock) : platformStore(namespace, clock),
      onFull: once(options.onFull),
    },
    verify: options.verify ?? 'always',
    lookUp: options.lookUp ?? ((url, settings) => listing.lookUp(url, settings)),
    passesErrors: options.passesErrors ?? (() => false),
    recover: options.recover ?? ((cause: unknown) => recovery.recover(cause)),
    canRecover: options.canRecover ?? (() => options.recover !== undefined || recovery.canRecover),
  };
}

/** Calls `listener` the first time only. */
function once(listener: ((cause: unknown) => void) | undefined): (cause: unknown) => void {
  let isCalled = false;
  return (cause) => {
    if (isCalled) return;
    isCalled = true;
    listener?.(cause);
  };
}
