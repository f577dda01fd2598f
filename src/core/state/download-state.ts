import type { FailureCode } from '../failure/download-failure.js';

/**
 * Where a download stands.
 *
 * - `idle`: known, not started.
 * - `queued`: asked for.
 * - `checking`: the loader runs; no byte of the model yet.
 * - `downloading`: bytes come.
 * - `paused`: stopped to go on later.
 * - `stalled`: bytes are due and none comes.
 * - `waiting`: offline, or counting down to a retry.
 * - `preparing`: every byte is here; the runtime starts the model.
 * - `completed`: usable.
 * - `failed`, `cancelled`: over, unless somebody retries.
 */
export type DownloadStatus =
  'idle' | 'queued' | 'checking' | 'downloading' | 'paused' | 'stalled' | 'waiting' | 'preparing' | 'completed' | 'failed' | 'cancelled';

/** Which requests something stands behind at the moment. Elements draw no other action. */
export interface DownloadActions {
  /** Its connections can be closed, to go on later. */
  readonly pause: boolean;
  /** It is paused, and can go on. */
  readonly resume: boolean;
  /** It can be ended. */
  readonly cancel: boolean;
  /** Another attempt can begin, from the bytes that are held. */
  readonly retry: boolean;
  /** Another attempt can begin, from nothing. */
  readonly restart: boolean;
  /** The page offers a different model. `undefined` is `false`. */
  readonly chooseModel?: boolean | undefined;
}

/** One download as everybody sees it. Frozen; a change makes a new one. */
export interface DownloadState {
  /** The page's name for the model. */
  readonly modelKey: string;
  /** The name to show. */
  readonly modelName: string;
  /** Where the download stands. */
  readonly status: DownloadStatus;
  /** Percent, 0–100 with fractions; `undefined` while unknown. */
  readonly progress?: number | undefined;
  /** When the download was asked for, in ms since 1970; `undefined` before. */
  readonly startTime?: number | undefined;
  /** When the state last changed, in ms since 1970. */
  readonly lastUpdate: number;
  /** Bytes per second; 0 while stalled; `undefined` while unknown or when nothing is transferred. */
  readonly speed?: number | undefined;
  /** Bytes so far. */
  readonly bytesDownloaded: number;
  /** Bytes in all; `undefined` while unknown. */
  readonly totalBytes?: number | undefined;
  /** Seconds; `undefined` while any figure would be a guess. */
  readonly timeRemaining?: number | undefined;
  /** The technical message of the last failure; `undefined` without one. */
  readonly error?: string | undefined;
  /** Why it failed or waits; `undefined` without a failure. */
  readonly failureCode?: FailureCode | undefined;
  /** Which retry this is, from 1; 0 before the first. */
  readonly attempt: number;
  /** How many retries there are in all. */
  readonly maxAttempts: number;
  /** When the next automatic retry begins, in ms since 1970; `undefined` without one. */
  readonly retryAt?: number | undefined;
  /**
   * `true` when the status has been `preparing` for 30 s: the model may be large, or a script of the
   * runtime does not come, which nothing can stop. `undefined` otherwise.
   */
  readonly isSlowToStart?: boolean | undefined;
  /** Whether what has come will be here next time; `undefined` while unknown. */
  readonly kept?: boolean | undefined;
  /** Whether the whole model is on this device already; `undefined` while unknown. */
  readonly cached?: boolean | undefined;
  /** How many of `totalBytes` are on this device already, while the status is `idle`; `undefined` while unknown. */
  readonly cachedBytes?: number | undefined;
  /** `true` when a load would also fetch the file of the ONNX Runtime, which is no part of `totalBytes`; said while `idle`. */
  readonly excludesRuntime?: boolean | undefined;
  /** Whether this device has room for it; `undefined` while unknown. */
  readonly fits?: boolean | undefined;
  /** Which requests would have an effect now. */
  readonly can: DownloadActions;
}

/** No action at all. */
export const NO_ACTIONS: DownloadActions = Object.freeze({
  pause: false,
  resume: false,
  cancel: false,
  retry: false,
  restart: false,
});

const ACTIVE = ['queued', 'checking', 'downloading', 'paused', 'stalled', 'waiting', 'preparing'] as const;
const ENDS = ['completed', 'failed', 'cancelled'] as const;

/** Which statuses may follow which. An event that asks for another comes late and changes nothing. */
const NEXT: Readonly<Record<DownloadStatus, readonly DownloadStatus[]>> = {
  idle: ['queued', 'paused'],
  queued: [...ACTIVE, ...ENDS],
  checking: [...ACTIVE, ...ENDS],
  downloading: [...ACTIVE, ...ENDS],
  paused: [...ACTIVE, ...ENDS],
  stalled: [...ACTIVE, ...ENDS],
  waiting: [...ACTIVE, ...ENDS],
  preparing: [...ACTIVE, ...ENDS],
  completed: ['queued'],
  failed: ['queued', 'cancelled'],
  cancelled: ['queued'],
};

/** Whether a download may go from one status to another. Staying is always allowed. */
export function canFollow(from: DownloadStatus, to: DownloadStatus): boolean {
  return from === to || NEXT[from].includes(to);
}

/** Whether a download is on its way. */
export function isActive(status: DownloadStatus): boolean {
  return (ACTIVE as readonly DownloadStatus[]).includes(status);
}

/** Whether a value of unknown origin is a status. */
export function isDownloadStatus(value: unknown): value is DownloadStatus {
  return typeof value === 'string' && Object.hasOwn(NEXT, value);
}
