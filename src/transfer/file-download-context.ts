import type { Clock } from '../core/index.js';
import type { LookUp, VerifyMode } from './integrity/body-check.js';
import type { Signals } from './network/abortable.js';
import type { PauseGate } from './network/pause-gate.js';
import type { FileLeases } from './sharing/file-lease.js';
import type { ProgressChannel } from './sharing/progress-channel.js';
import type { PartialBodyOptions } from './store/partial-body.js';

/** The progress of one file. */
export interface FileProgressReport {
  /**
   * - `waiting`: no bytes from the network: before the response, during a pause or a retry, and while stored bytes are read.
   * - `receiving`: bytes arrive from the network.
   * - `done`: the last byte has arrived and is checked.
   * - `absent`: the server does not send the file.
   */
  readonly phase: 'waiting' | 'receiving' | 'done' | 'absent';
  /** Bytes of the file that have arrived, decoded. */
  readonly loaded: number;
  /** How many of these an earlier visit, or another tab, had stored. */
  readonly stored: number;
  /** Bytes of the whole file, decoded; `undefined` while unknown. */
  readonly total: number | undefined;
  /** Whether `total` is certain. `false` for a `Content-Length` that no listing and no range has confirmed. */
  readonly totalIsExact: boolean;
}

/** A body that was read to its end and is checked. */
export interface CompleteBody {
  /** Bytes of the body. */
  readonly length: number;
  /** The headers of the response that the reader has received. `Content-Length` is {@link length}. */
  readonly headers: Headers;
  /** Resolves with the body, without reading the bytes that are stored; `undefined` if some are missing. Call it once. */
  blob(): Promise<Blob | undefined>;
  /** Resolves with whether all bytes are in the store, once none is being stored. Call it after {@link blob}. Never rejects. */
  isStored(): Promise<boolean>;
  /** Lets other files delete the stored bytes if they need the room: the caller has stored the body. */
  allowDeletion(): void;
  /** Deletes the stored bytes: they take the room that the caller needs. The blob cannot be read any more. Never rejects. */
  delete(): Promise<void>;
}

/** The objects that all downloads of one download fetch share. */
export interface FileDownloadContext {
  readonly clock: Clock;
  /** Closed while the downloads are paused. */
  readonly gate: PauseGate;
  readonly channel: ProgressChannel;
  /** Grants the exclusive right to a file. */
  readonly leases: FileLeases;
  /** Where and how incomplete files are stored. */
  readonly storage: PartialBodyOptions;
  /** How long a response or its next byte may take, in ms. */
  readonly stallTimeout: number;
  /** The most connections for one file. */
  readonly connections: number;
  readonly verify: VerifyMode;
  readonly lookUp: LookUp;
  /** Reads a whole file from the caller's own storage; `undefined` if the caller stores none. */
  readonly readWhole: ((url: string) => Promise<Response | undefined>) | undefined;
  /** Called with the body of a file when it is complete. It stays in the store until the returned promise has settled. */
  readonly onComplete: ((url: string, body: CompleteBody) => Promise<void> | undefined) | undefined;
  /** Whether an error response for a file is returned to the caller, which continues without the file. */
  readonly passesErrors: (url: string) => boolean;
  /** Resolves when a broken download is to continue; rejects when it is to end. */
  readonly recover: (cause: unknown) => Promise<void>;
  /** Whether a broken download would continue now; with `true`, whether it would without the user. */
  readonly canRecover: (isAlone?: boolean) => boolean;
}

/** Receives the events of one download. */
export interface FileDownloadListener {
  readonly onProgress: (report: FileProgressReport) => void;
  /** Called once when the download is over, whether it has succeeded, failed or been aborted. */
  readonly onEnd: () => void;
  /** Called when the download has failed for good. */
  readonly onFailure: (cause: unknown) => void;
}

/** The listener of a download, the signals that end it, and the kind of its request. */
export interface FileDownloadOwner {
  readonly listener: FileDownloadListener;
  /** End the download when they abort. */
  readonly signals: Signals;
  /**
   * Whether the file is requested before its reader requests it. Then the bytes are stored until they are read, and a failure before
   * the response is not recovered. Default `false`.
   */
  readonly isEarly?: boolean | undefined;
  /**
   * Whether the reader requests the file again if its body breaks. Then a WebAssembly file without a known hash is returned as the
   * server's own response, of which this download reads a copy. Default `false`.
   */
  readonly isRepeated?: boolean | undefined;
}
