import type { DownloadActions, DownloadStatus, FailureCode, ProgressStatus } from '../core/index.js';
import { NO_ACTIONS } from '../core/internal.js';
import { texts as english } from './i18n/catalogues/en.js';

/** One file, checked, as the details list draws it. */
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

/**
 * One download, checked, with nothing in it that must not be drawn.
 *
 * Any script of the page may dispatch a change, so nothing in its detail is believed.
 */
export interface ShownDownload {
  readonly name: string;
  readonly status: DownloadStatus;
  /** Percent, 0–100 with fractions; 100 only when no byte is missing; `undefined` while unknown. */
  readonly percent: number | undefined;
  readonly bytes: number;
  /** Bytes in all; `undefined` while unknown. */
  readonly total: number | undefined;
  /** Bytes per second; `undefined` unless bytes come from the network at this moment. */
  readonly speed: number | undefined;
  /** Seconds; `undefined` unless bytes come from the network at this moment. */
  readonly timeRemaining: number | undefined;
  readonly error: string | undefined;
  readonly failureCode: FailureCode | undefined;
  readonly attempt: number;
  readonly maxAttempts: number;
  /** When the next automatic retry begins, in ms since 1970. */
  readonly retryAt: number | undefined;
  /** Whether it is being prepared, and has been for unusually long. */
  readonly isSlowToStart: boolean;
  readonly kept: boolean | undefined;
  readonly cached: boolean | undefined;
  /** How many bytes of `total` are on this device before the start; `undefined` while unknown. */
  readonly cachedBytes: number | undefined;
  /** Whether the runtime's file is fetched on top of `total`. */
  readonly excludesRuntime: boolean;
  readonly fits: boolean | undefined;
  readonly can: DownloadActions;
  /** Whether every byte so far came from this device's cache. */
  readonly fromDevice: boolean;
  readonly files: readonly ShownFile[];
}

/** Whether a download needs an explanation: it waits, or has failed. */
export function isBroken({ status }: ShownDownload): boolean {
  return status === 'waiting' || status === 'failed';
}

/** Whether the next attempt begins by itself at a known moment. */
export function countsDown({ status, retryAt }: ShownDownload): boolean {
  return status === 'waiting' && retryAt !== undefined;
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

/** What a state and its files say, or `undefined` when they are not those of a download. */
export function toShownDownload(modelKey: string, state: unknown, aggregate: unknown): ShownDownload | undefined {
  if (!isFields(state)) return undefined;
  // What there are words for can be drawn.
  const status = oneOf(english.status, state.status);
  if (!status) return undefined;
  const failureCode = oneOf(english.failure, state.failureCode);
  const amounts = readAmounts(state.bytesDownloaded, state.totalBytes, state.progress);
  const sources = isFields(aggregate) ? aggregate : {};
  const fromDevice = !count(sources.bytesFromNetwork) && (count(sources.bytesFromCache) ?? 0) > 0;
  const moving = status === 'downloading' && !fromDevice;
  // While it is unknown which files there are, more of them may follow what looks like the last.
  const isWhole = status === 'completed' || (status === 'preparing' && amounts.percent === 100);
  return {
    name: text(state.modelName, LONGEST_NAME) ?? cut(modelKey, LONGEST_NAME),
    status,
    ...amounts,
    percent: isWhole ? 100 : status === 'preparing' ? undefined : amounts.percent,
    speed: moving ? count(state.speed) : undefined,
    timeRemaining: moving ? count(state.timeRemaining) : undefined,
    error: text(state.error, LONGEST_MESSAGE),
    failureCode: failureCode ?? (status === 'failed' ? 'unknown' : undefined),
    attempt: Math.floor(count(state.attempt) ?? 0),
    maxAttempts: Math.floor(count(state.maxAttempts) ?? 0),
    retryAt: count(state.retryAt),
    isSlowToStart: status === 'preparing' && state.isSlowToStart === true,
    kept: flag(state.kept),
    cached: flag(state.cached),
    cachedBytes: count(state.cachedBytes),
    excludesRuntime: state.excludesRuntime === true,
    fits: flag(state.fits),
    can: readActions(state.can, holdsBytes(amounts, sources)),
    fromDevice,
    files: Array.isArray(sources.files) ? sources.files.filter(isFields).map(readFile) : [],
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
  const total = count(whole);
  const percent = count(progress);
  // More bytes than there are in all: one of the two figures is wrong, so neither the sum nor a share is known.
  if (total !== undefined && bytes > total) return { bytes, total: undefined, percent: undefined };
  if (percent === undefined) return { bytes, total, percent };
  const missing = total !== undefined && bytes < total;
  return { bytes, total, percent: Math.min(percent, missing ? 99.9 : 100) };
}

/** Whether any byte is here. A failure may come before the state has the last figures of the files. */
function holdsBytes({ bytes, percent = 0 }: Amounts, { totalDownloaded }: Fields): boolean {
  return bytes > 0 || percent > 0 || (count(totalDownloaded) ?? 0) > 0;
}

function readActions(value: unknown, holds: boolean): DownloadActions {
  if (!isFields(value)) return NO_ACTIONS;
  return {
    pause: value.pause === true,
    resume: value.resume === true,
    cancel: value.cancel === true,
    retry: value.retry === true,
    // With nothing held it would do what a retry does.
    restart: value.restart === true && holds,
    chooseModel: value.chooseModel === true,
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function oneOf<T extends string>(known: Readonly<Record<T, unknown>>, value: unknown): T | undefined {
  return typeof value === 'string' && Object.hasOwn(known, value) ? (value as T) : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function text(value: unknown, longest: number): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? cut(value, longest) : undefined;
}

function cut(value: string, longest: number): string {
  return value.length > longest ? `${value.slice(0, longest)}…` : value;
}
