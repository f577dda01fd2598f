// In: a state and its files, from any script. Out: checked values that the elements can show.
import type { DownloadActions, DownloadStatus, FailureCode, ProgressStatus } from '../core/index.js';
import { count, cut, flag, oneOf, text } from './checked-values.js';
import { fieldsOf, isDownloadStatus, isRecord, NO_ACTIONS } from '../core/internal.js';
import { FAILURE_CODES } from './failure-codes.js';

/** One file with checked values, as the list of files shows it. */
export interface ShownFile {
  readonly name: string;
  readonly status: ProgressStatus;
  /** Percent, 0–100 with fractions; `undefined` while unknown. */
  readonly percent: number | undefined;
  readonly bytes: number;
  /** Bytes in all; `undefined` while unknown. */
  readonly total: number | undefined;
  readonly cached: boolean;
}

/** One variant of a model with checked values. */
export interface ShownVariant extends Pick<ShownDownload, 'total' | 'cached' | 'cachedBytes' | 'excludesRuntime' | 'fits'> {
  readonly variant: string;
  readonly name: string;
}

/**
 * One download with checked values, as the elements show it.
 *
 * Any script of the page can dispatch a change event, so every value of its detail is checked.
 */
export interface ShownDownload {
  /** The keys of the models: one, or those of several downloads that are shown as one. */
  readonly modelKeys: readonly string[];
  readonly name: string;
  readonly status: DownloadStatus;
  /** Percent, 0–100 with fractions; 100 only when no byte is missing; `undefined` while unknown. */
  readonly percent: number | undefined;
  /** Bytes so far; 0 also while unknown. */
  readonly bytes: number;
  /** Bytes in all; `undefined` while unknown. */
  readonly total: number | undefined;
  /** Bytes per second; `undefined` unless bytes arrive from the network now. */
  readonly speed: number | undefined;
  /** Seconds; `undefined` unless bytes arrive from the network now. */
  readonly timeRemaining: number | undefined;
  readonly error: string | undefined;
  readonly failureCode: FailureCode | undefined;
  readonly attempt: number;
  readonly maxAttempts: number;
  /** The time of the next automatic retry, in ms since 1970. */
  readonly retryAt: number | undefined;
  /** Whether the status has been `preparing` for unusually long. */
  readonly isSlowToStart: boolean;
  /** Whether an earlier visit started the download, which this visit can continue. */
  readonly isRestored: boolean;
  readonly kept: boolean | undefined;
  readonly cached: boolean | undefined;
  /** The bytes of `total` that are on this device before the start; `undefined` while unknown. */
  readonly cachedBytes: number | undefined;
  /** Whether a load also downloads the runtime's file, which is not part of `total`. */
  readonly excludesRuntime: boolean;
  readonly fits: boolean | undefined;
  /** The key of the variant that a start loads; `undefined` for a model without variants. */
  readonly variant: string | undefined;
  readonly variants: readonly ShownVariant[];
  /** Bytes per second of the last download on this device. */
  readonly lastSpeed: number | undefined;
  readonly can: DownloadActions;
  /** Whether all bytes so far were read from this device's cache. */
  readonly fromDevice: boolean;
  readonly files: readonly ShownFile[];
}

/** Whether the next attempt starts automatically at a known time. */
export function countsDown({ status, retryAt }: ShownDownload): boolean {
  return status === 'waiting' && retryAt !== undefined;
}

/** Whether a download makes progress now and needs no action of the user. */
export function isBusy(status: DownloadStatus): boolean {
  return status === 'queued' || status === 'checking' || status === 'downloading' || status === 'preparing';
}

/** Whether the user can use the page meanwhile: not while a runtime starts, which may block the page. */
export function isUnattended(status: DownloadStatus): boolean {
  return status !== 'preparing' && (isBusy(status) || status === 'stalled');
}

/** The bytes that a start would download; 0 also while the total is unknown. */
export function missingBytes({ total = 0, cached, cachedBytes }: ShownDownload): number {
  return Math.max(0, total - (cachedBytes ?? (cached ? total : 0)));
}

/** Whether a start would download nothing: by the total and the stored bytes if both are known, or else by `cached`. */
export function isOnDevice(download: ShownDownload): boolean {
  const { total, cached, cachedBytes } = download;
  return total === undefined || cachedBytes === undefined ? cached === true : missingBytes(download) === 0;
}

const FILE_STATUSES: Readonly<Record<ProgressStatus, true>> = {
  waiting: true,
  download: true,
  loading: true,
  ready: true,
  failed: true,
};

const LONGEST_NAME = 200;
const LONGEST_MESSAGE = 2_000;

type Fields = Readonly<Record<string, unknown>>;

/** Checks a state and its files; `undefined` if the state has no valid status. */
export function toShownDownload(modelKey: string, state: unknown, aggregate: unknown): ShownDownload | undefined {
  if (!isRecord(state)) return undefined;
  const { status } = state;
  if (!isDownloadStatus(status)) return undefined;
  const failureCode = oneOf(FAILURE_CODES, state.failureCode);
  const isRestored = status === 'paused' && state.isRestored === true;
  // Without the transfer layer it is unknown how many of the bytes are stored.
  const hasAmounts = !isRestored || state.kept === true;
  const amounts = readAmounts(hasAmounts ? state.bytesDownloaded : 0, state.totalBytes, hasAmounts ? state.progress : undefined);
  const sources = fieldsOf(aggregate);
  const fromDevice = !count(sources.bytesFromNetwork) && (count(sources.bytesFromCache) ?? 0) > 0;
  const moving = status === 'downloading' && !fromDevice;
  // Without a plan more files may follow the last known one, so `preparing` alone does not mean 100 %.
  const isWhole = status === 'completed' || (status === 'preparing' && amounts.percent === 100);
  return {
    modelKeys: [modelKey],
    name: text(state.modelName, LONGEST_NAME) ?? cut(modelKey, LONGEST_NAME),
    status,
    ...amounts,
    percent: isWhole ? 100 : status === 'preparing' ? undefined : isRestored ? shareOf(amounts) : amounts.percent,
    speed: moving ? count(state.speed) : undefined,
    timeRemaining: moving ? count(state.timeRemaining) : undefined,
    error: text(state.error, LONGEST_MESSAGE),
    failureCode: failureCode ?? (status === 'failed' ? 'unknown' : undefined),
    attempt: Math.floor(count(state.attempt) ?? 0),
    maxAttempts: Math.floor(count(state.maxAttempts) ?? 0),
    retryAt: count(state.retryAt),
    isSlowToStart: status === 'preparing' && state.isSlowToStart === true,
    isRestored,
    kept: flag(state.kept),
    ...readAvailability(state),
    variant: text(state.variant, LONGEST_MESSAGE),
    variants: Array.isArray(state.variants) ? state.variants.filter(isRecord).flatMap(readVariant) : [],
    lastSpeed: count(state.lastSpeed),
    can: readActions(state.can, holdsBytes(amounts, sources)),
    fromDevice,
    files: Array.isArray(sources.files) ? sources.files.filter(isRecord).map(readFile) : [],
  };
}

/** Returns the download with the facts of a variant; the same download if it does not have the variant. */
export function withShownVariant(download: ShownDownload, selected: string | undefined): ShownDownload {
  const found = download.variants.find(({ variant }) => variant === selected);
  return found ? { ...download, ...found, name: download.name } : download;
}

function readVariant(fields: Fields): ShownVariant[] {
  const variant = text(fields.variant, LONGEST_MESSAGE);
  if (variant === undefined) return [];
  return [
    {
      variant,
      name: text(fields.name, LONGEST_NAME) ?? cut(variant, LONGEST_NAME),
      total: count(fields.totalBytes),
      ...readAvailability(fields),
    },
  ];
}

function readAvailability(fields: Fields): Pick<ShownDownload, 'cached' | 'cachedBytes' | 'excludesRuntime' | 'fits'> {
  return {
    cached: flag(fields.cached),
    cachedBytes: count(fields.cachedBytes),
    excludesRuntime: fields.excludesRuntime === true,
    fits: flag(fields.fits),
  };
}

function readFile(fields: Fields): ShownFile {
  return {
    name: text(fields.file, LONGEST_NAME) ?? '…',
    status: oneOf(FILE_STATUSES, fields.status) ?? 'waiting',
    ...readAmounts(fields.loaded, fields.total, fields.progress),
    cached: fields.cached === true,
  };
}

type Amounts = Pick<ShownDownload, 'bytes' | 'total' | 'percent'>;

function readAmounts(loaded: unknown, whole: unknown, progress: unknown): Amounts {
  const bytes = count(loaded) ?? 0;
  const size = count(whole);
  const percent = count(progress);
  // More bytes than the total: one of the two is wrong, so the total and the percentage are unknown.
  if (size !== undefined && bytes > size) return { bytes, total: undefined, percent: undefined };
  // A total of 0 is not valid: a model has bytes, and the amount would be "0 B of 0 B".
  const total = size === 0 ? undefined : size;
  if (percent === undefined) return { bytes, total, percent };
  const missing = total !== undefined && bytes < total;
  return { bytes, total, percent: Math.min(percent, missing ? 99.9 : 100) };
}

/** The stored share of a restored download, whose state has no percentage: no attempt has determined it. */
function shareOf({ bytes, total, percent }: Amounts): number | undefined {
  return percent ?? (bytes > 0 && total ? Math.min(99.9, (bytes / total) * 100) : undefined);
}

/** Whether any byte is stored. After a failure the state may not yet have the last figures of the files. */
function holdsBytes({ bytes, percent = 0 }: Amounts, { totalDownloaded }: Fields): boolean {
  return bytes > 0 || percent > 0 || (count(totalDownloaded) ?? 0) > 0;
}

function readActions(value: unknown, holds: boolean): DownloadActions {
  if (!isRecord(value)) return NO_ACTIONS;
  return {
    pause: value.pause === true,
    resume: value.resume === true,
    cancel: value.cancel === true,
    retry: value.retry === true,
    // Without stored bytes a restart equals a retry.
    restart: value.restart === true && holds,
    chooseModel: value.chooseModel === true,
  };
}
