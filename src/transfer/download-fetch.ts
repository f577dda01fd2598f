// In: calls of `fetch`, and the reports of their bodies. Out: responses, and `onProgress(url, report)` for each report.
import {
  DownloadRecoveryManager,
  platformConnectivity,
  systemClock,
  type Clock,
  type FetchLike,
  type RetryPolicyOptions,
} from '../core/index.js';
import { notify } from '../core/internal.js';
import type { LookUp, VerifyMode } from './integrity/body-check.js';
import { DownloadRequest } from './download-request.js';
import { FileDownload } from './file-download.js';
import type { FileDownloadContext, FileProgressReport } from './file-download-context.js';
import { platformLock } from './sharing/file-lock.js';
import { PauseGate } from './network/pause-gate.js';
import { HubListing } from './integrity/hub-listing.js';
import type { PartialStore } from './store/partial-store.js';
import { platformStore } from './store/platform-store.js';
import { ProgressChannel } from './sharing/progress-channel.js';
import { TolerantStore } from './store/tolerant-store.js';

/** Settings of {@link createDownloadFetch}. */
export interface DownloadFetchOptions extends RetryPolicyOptions {
  /** What makes the requests. Default: the platform's `fetch`. */
  readonly fetch?: FetchLike | undefined;
  /** Where unfinished files are kept. Default: Cache Storage, or memory where there is none. */
  readonly store?: PartialStore | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
  /** Keeps the stored names of several apps on one origin apart. Default: none. */
  readonly namespace?: string | undefined;
  /** Ends every download when it aborts; what has come stays held. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Bytes that are kept as one. Default 4 MiB: `docs/transfer.md` has the measurement. A crash
   * loses the segment that fills, and those before it that wait for a disk slower than the link.
   */
  readonly segmentSize?: number | undefined;
  /** How long an answer or its next byte may take, in ms, before the connection is dropped. Default 30,000. */
  readonly stallTimeout?: number | undefined;
  /**
   * When a body is compared with the file's hash, where one is known. Default `always`; `spliced` only where it came in
   * several parts or from disk.
   */
  readonly verify?: VerifyMode | undefined;
  /** Size and hash of a file. Default: the listing of the model hub, for addresses that are of one. */
  readonly lookUp?: LookUp | undefined;
  /**
   * The whole file where the caller keeps it; asked after another caller or tab has downloaded it. Default: the caller
   * keeps nothing, and what is held of a file goes once its body has been read to the end.
   */
  readonly readWhole?: ((url: string) => Promise<Response | undefined>) | undefined;
  /**
   * Whether an error status of a file is returned to the caller at once, even one that may pass: the caller goes on
   * without the file. Default: of no file.
   */
  readonly passesErrors?: ((url: string) => boolean) | undefined;
  /**
   * What a broken download waits for before it goes on; rejects when it should not. Default: the
   * automatic retries of a recovery of its own.
   */
  readonly recover?: ((cause: unknown) => Promise<void>) | undefined;
  /**
   * Hears how far each file is: about ten times a second, or with each mebibyte where a link is faster than that.
   * What it throws surfaces as an uncaught error.
   */
  readonly onProgress?: ((url: string, report: FileProgressReport) => void) | undefined;
  /** Called once when what comes cannot be kept, for lack of room or of storage. */
  readonly onFull?: ((cause: unknown) => void) | undefined;
  /** Called when a file is broken for good, with what its body or its `fetch` was rejected with. */
  readonly onFailure?: ((cause: unknown, url: string) => void) | undefined;
}

/** A `fetch` whose downloads survive broken connections, pauses, reloads and crashes. */
export interface DownloadFetch extends FetchLike {
  /** Whether a file is on its way. */
  readonly isActive: boolean;
  /** Whether another tab, or another caller, downloads such a file, and this one waits for it. */
  readonly isFollowing: boolean;
  /** Closes every connection at once. What they feed waits, and so do new requests. */
  pause(): void;
  /** Goes on with the bytes that are held. */
  resume(): void;
  /** Ends every download with `reason`. What has come stays held. */
  abort(reason?: unknown): void;
  /** Drops what is held of the files on their way, and keeps nothing more of them. */
  discard(): Promise<void>;
}

/** The default of `segmentSize`. */
const SEGMENT_SIZE = 4 * 1024 * 1024;

/**
 * Makes a `fetch` for downloads. Requests that are none (another method, a body, a range of their
 * own) pass unchanged.
 *
 * @throws RangeError when `segmentSize` or `stallTimeout` is no positive number.
 */
export function createDownloadFetch(options: DownloadFetchOptions = {}): DownloadFetch {
  const { clock = systemClock, namespace = '', segmentSize = SEGMENT_SIZE, stallTimeout = 30_000, signal, store } = options;
  for (const [name, value] of Object.entries({ segmentSize, stallTimeout })) {
    if (!(value > 0)) throw new RangeError(`${name} must be a positive number, got ${value}`);
  }
  // Called through, not kept: the platform's `fetch` must not lose its `this`, and may be replaced.
  const request: FetchLike = options.fetch ?? ((input, init) => fetch(input, init));
  const listing = new HubListing(request, clock);
  const gate = new PauseGate();
  const active = new Set<FileDownload>();
  const ownRecovery = new DownloadRecoveryManager({ ...options, clock, asks: false, connectivity: platformConnectivity });
  const held = new Map<string, number>();
  let saidFull = false;
  const shared: Omit<FileDownloadContext, 'tell' | 'onEnd' | 'onFailure'> = {
    clock,
    namespace,
    segmentSize,
    stallTimeout,
    gate,
    store: store ? new TolerantStore(() => Promise.resolve(store), clock) : platformStore(namespace, clock),
    lock: platformLock(clock),
    channel: ProgressChannel.of(namespace),
    verify: options.verify ?? 'always',
    lookUp: options.lookUp ?? ((url, settings) => listing.lookUp(url, settings)),
    readWhole: options.readWhole ?? (() => Promise.resolve(undefined)),
    hasKeeper: options.readWhole !== undefined,
    passesErrors: options.passesErrors ?? (() => false),
    recover: options.recover ?? ((cause: unknown) => ownRecovery.recover(cause)),
    onFull: (cause: unknown) => {
      if (!saidFull) options.onFull?.(cause);
      saidFull = true;
    },
  };

  const downloadFetch: FetchLike = async (input, init) => {
    const download = DownloadRequest.of(input, init ?? {}, request);
    // `null` takes the signal of a `Request` away.
    const own = init?.signal === undefined ? (input as Partial<Request>).signal : init.signal;
    return download ? start(download, own) : request(input, init);
  };

  const start = async (asked: DownloadRequest, own: AbortSignal | null | undefined): Promise<Response> => {
    const { url } = asked;
    const tell = (report: FileProgressReport): void => {
      held.set(url, report.loaded);
      ownRecovery.policy.recordBytes([...held.values()].reduce((sum, loaded) => sum + loaded, 0));
      notify((heard) => options.onProgress?.(url, heard), report, clock);
    };
    const onFailure = (cause: unknown): void => options.onFailure?.(cause, url);
    const onEnd = (): void => {
      active.delete(download);
      shared.channel.close();
      // No download waits any more for what it waits for.
      if (active.size === 0) ownRecovery.cancel();
    };
    shared.channel.open();
    const download = new FileDownload(asked, { ...shared, tell, onEnd, onFailure }, [signal, own]);
    if (!download.hasEnded) active.add(download);
    return download.open();
  };

  const controls = {
    get isActive() {
      return [...active].some(({ hasEnded }) => !hasEnded);
    },
    get isFollowing() {
      return [...active].some((download) => download.isFollowing);
    },
    pause: () => {
      gate.close();
      for (const download of active) download.pause();
    },
    resume: () => gate.open(),
    abort: (reason: unknown = new DOMException('The download was aborted.', 'AbortError')) => {
      for (const download of active) download.abort(reason);
    },
    discard: async () => {
      await Promise.all([...active].map((download) => download.discard()));
    },
  };
  return Object.defineProperties(downloadFetch, Object.getOwnPropertyDescriptors(controls)) as DownloadFetch;
}
