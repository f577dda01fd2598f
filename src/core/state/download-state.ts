import type { FailureCode } from '../failure/download-failure.js';

/**
 * The step of a download.
 *
 * - `idle`: known, not started.
 * - `queued`: requested; it has no slot of the queue yet.
 * - `checking`: the loader runs and has not received a byte of the model.
 * - `downloading`: bytes arrive.
 * - `paused`: stopped, and can be resumed.
 * - `stalled`: bytes are due and none arrives.
 * - `waiting`: offline, or counting down to a retry.
 * - `preparing`: every byte has arrived; the runtime starts the model.
 * - `completed`: the model is usable.
 * - `failed`, `cancelled`: ended; a retry starts it again.
 */
export type DownloadStatus =
  'idle' | 'queued' | 'checking' | 'downloading' | 'paused' | 'stalled' | 'waiting' | 'preparing' | 'completed' | 'failed' | 'cancelled';

/** The requests that have an effect at the moment. Elements draw no other action. */
export interface DownloadActions {
  /** Its connections can be closed, and opened again later. */
  readonly pause: boolean;
  /** It is paused and can be resumed. */
  readonly resume: boolean;
  /** It can be cancelled. */
  readonly cancel: boolean;
  /** Another attempt can begin, from the stored bytes. */
  readonly retry: boolean;
  /** Another attempt can begin, from the first byte. */
  readonly restart: boolean;
  /** The page offers a different model. `undefined` is `false`. */
  readonly chooseModel?: boolean | undefined;
}

/** One variant of a model before the start of its download. */
export interface DownloadVariant {
  /** The key of the variant in the definition of the model. */
  readonly variant: string;
  /** The name to show. */
  readonly name: string;
  /** Bytes in all; `undefined` while unknown. */
  readonly totalBytes: number | undefined;
  /** Whether the whole variant is on this device; `undefined` while unknown. */
  readonly cached: boolean | undefined;
  /** How many of `totalBytes` are on this device; `undefined` while unknown. */
  readonly cachedBytes: number | undefined;
  /** As in the state of the download. */
  readonly excludesRuntime: boolean;
  /** Whether this device has room for the variant; `undefined` while unknown. */
  readonly fits: boolean | undefined;
}

/** The fields that every state of a download has. A {@link DownloadState} narrows them by its `status`. */
export interface DownloadStateFields {
  /** The page's name for the model. */
  readonly modelKey: string;
  /** The name to show. */
  readonly modelName: string;
  /** The step of the download. */
  readonly status: DownloadStatus;
  /** Percent, 0–100 with fractions; `undefined` while unknown. */
  readonly progress?: number | undefined;
  /** When the download was requested, in ms since 1970; `undefined` before. */
  readonly startTime?: number | undefined;
  /** When the state last changed, in ms since 1970. */
  readonly lastUpdate: number;
  /** Bytes per second; 0 while stalled; `undefined` while unknown or when nothing is transferred. */
  readonly speed?: number | undefined;
  /** Bytes so far, 0 before the first; `undefined` while only a share is known, and after a load that has reported no byte. */
  readonly bytesDownloaded: number | undefined;
  /** Bytes in all; `undefined` while unknown. */
  readonly totalBytes?: number | undefined;
  /** Seconds until the last byte; `undefined` while any figure would be a guess. */
  readonly timeRemaining?: number | undefined;
  /** The technical message of the last failure; `undefined` without one. */
  readonly error?: string | undefined;
  /** Why it failed or waits; `undefined` without a failure. */
  readonly failureCode?: FailureCode | undefined;
  /** The number of the current retry, from 1; 0 before the first. */
  readonly attempt: number;
  /** The number of retries in all. */
  readonly maxAttempts: number;
  /** When the next automatic retry begins, in ms since 1970; `undefined` without one. */
  readonly retryAt?: number | undefined;
  /**
   * `true` when the status has been `preparing` for 30 s: the model may be large, or a script of the
   * runtime does not load, which cannot be aborted. `undefined` otherwise.
   */
  readonly isSlowToStart?: boolean | undefined;
  /** `true` while `paused` if an earlier visit started the download: this one offers to continue it. `undefined` otherwise. */
  readonly isRestored?: boolean | undefined;
  /** Whether the downloaded bytes are stored for the next visit; `undefined` while unknown. */
  readonly kept?: boolean | undefined;
  /** Whether the whole model is on this device already; `undefined` while unknown. */
  readonly cached?: boolean | undefined;
  /** How many of `totalBytes` are on this device already, while the status is `idle`; `undefined` while unknown. */
  readonly cachedBytes?: number | undefined;
  /** `true` while `idle` if a load also fetches the file of the ONNX Runtime, which is not part of `totalBytes`. */
  readonly excludesRuntime?: boolean | undefined;
  /** Whether this device has room for the model; `undefined` while unknown. */
  readonly fits?: boolean | undefined;
  /** The key of the variant that a load uses; `undefined` for a model without variants. */
  readonly variant?: string | undefined;
  /** The variants to choose from, as of an estimate; a start removes them. `undefined` without variants or an estimate. */
  readonly variants?: readonly DownloadVariant[] | undefined;
  /** Bytes per second of the last download on this device, as of an estimate; a start removes it. `undefined` if unknown. */
  readonly lastSpeed?: number | undefined;
  /** The requests that have an effect now. */
  readonly can: DownloadActions;
}

/** The fields that only some statuses have. */
export type DetailName =
  'speed' | 'timeRemaining' | 'error' | 'failureCode' | 'retryAt' | 'isSlowToStart' | 'isRestored' | 'cachedBytes' | 'excludesRuntime';

/** The fields of a state that has only the details named by `K`. */
type FieldsWith<K extends DetailName = never> = Omit<DownloadStateFields, Exclude<DetailName, K>> &
  Absent<Pick<DownloadStateFields, Exclude<DetailName, K>>>;

/** The fields of `T`, none of which is set. A mapped type keeps their descriptions for the reference. */
type Absent<T> = { readonly [K in keyof T]?: undefined };

/** A known download that has not started: its size, and what of it is on this device. */
export interface IdleDownload extends FieldsWith<'cachedBytes' | 'excludesRuntime'> {
  readonly status: 'idle';
  readonly progress?: undefined;
  readonly startTime?: undefined;
  readonly kept?: undefined;
}

/** A download without a transfer: it waits for a slot of the queue, or its loader has not received a byte. */
export interface PendingDownload extends FieldsWith {
  readonly status: 'queued' | 'checking';
}

/** A download that receives bytes. */
export interface RunningDownload extends FieldsWith<'speed' | 'timeRemaining'> {
  readonly status: 'downloading';
}

/** A download whose transfer is silent. */
export interface StalledDownload extends FieldsWith<'speed'> {
  readonly status: 'stalled';
  readonly speed?: 0 | undefined;
}

/** A paused download. If it was paused during a recovery, `error` and `failureCode` describe the failure. */
export interface PausedDownload extends FieldsWith<'error' | 'failureCode' | 'isRestored'> {
  readonly status: 'paused';
}

/** A download that waits for a connection, or for the time of a retry. */
export interface WaitingDownload extends FieldsWith<'error' | 'failureCode' | 'retryAt'> {
  readonly status: 'waiting';
}

/** A download that has received its last byte: the runtime starts the model. */
export interface PreparingDownload extends FieldsWith<'isSlowToStart'> {
  readonly status: 'preparing';
}

/** A download whose model is usable. */
export interface CompletedDownload extends FieldsWith {
  readonly status: 'completed';
  readonly progress: 100;
}

/** A download that failed. */
export interface FailedDownload extends FieldsWith<'error' | 'failureCode'> {
  readonly status: 'failed';
  readonly failureCode: FailureCode;
}

/** A download that the user or the page has cancelled. */
export interface CancelledDownload extends FieldsWith {
  readonly status: 'cancelled';
}

/**
 * The state of one download. Frozen; a change makes a new object. `status` distinguishes the members,
 * and each has only the fields that its status can have.
 */
export type DownloadState =
  | IdleDownload
  | PendingDownload
  | RunningDownload
  | StalledDownload
  | PausedDownload
  | WaitingDownload
  | PreparingDownload
  | CompletedDownload
  | FailedDownload
  | CancelledDownload;

/** The actions of a download that offers none. */
export const NO_ACTIONS: DownloadActions = Object.freeze({
  pause: false,
  resume: false,
  cancel: false,
  retry: false,
  restart: false,
});

const ACTIVE = ['queued', 'checking', 'downloading', 'paused', 'stalled', 'waiting', 'preparing'] as const;
const ENDS = ['completed', 'failed', 'cancelled'] as const;

/** The statuses that may follow a status that is not active. */
const NEXT = {
  idle: ['queued', 'paused'],
  completed: ['queued'],
  failed: ['queued', 'cancelled'],
  cancelled: ['queued'],
} as const satisfies Partial<Record<DownloadStatus, readonly DownloadStatus[]>>;

/** Every status. */
export const DOWNLOAD_STATUSES: readonly DownloadStatus[] = ['idle', ...ACTIVE, ...ENDS];

/**
 * Whether a download may change from one status to another. Keeping the status is always allowed. An event that would cause any
 * other change is late, and is ignored.
 */
export function canFollow(from: DownloadStatus, to: DownloadStatus): boolean {
  return from === to || (isActive(from) ? to !== 'idle' : (NEXT[from] as readonly DownloadStatus[]).includes(to));
}

/** Whether a download with this status has started and has not ended. */
export function isActive(status: DownloadStatus): status is (typeof ACTIVE)[number] {
  return (ACTIVE as readonly DownloadStatus[]).includes(status);
}

/** Whether a value of unknown origin is a status. */
export function isDownloadStatus(value: unknown): value is DownloadStatus {
  return (DOWNLOAD_STATUSES as readonly unknown[]).includes(value);
}
