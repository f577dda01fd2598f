import { attempt } from '../attempt.js';
import { fieldsOf, readBytes } from '../json.js';
import { isActive, type DownloadState, type DownloadStatus } from './download-state.js';

/** The part of a state that is stored for the next visit. Times are in ms since 1970. */
export interface PersistedDownload {
  readonly modelKey: string;
  readonly modelName: string;
  readonly status: DownloadStatus;
  readonly startTime: number | undefined;
  readonly lastUpdate: number;
  readonly bytesDownloaded: number;
  readonly totalBytes: number | undefined;
  /** Whether the bytes were stored for the next visit; `undefined` if unknown. */
  readonly kept: boolean | undefined;
}

/** The part of `localStorage` that is used. Every call may throw, as when storage is blocked or full. */
export interface StateStorage {
  /** Returns the text stored under a key; `null` when there is none. */
  getItem(key: string): string | null;
  /** Stores a text under a key. */
  setItem(key: string, value: string): void;
  /** Deletes the text stored under a key. */
  removeItem(key: string): void;
}

/** Returns the part of `state` that a later visit needs, as text. */
export function writeDownload(state: DownloadState): string {
  const { modelKey, modelName, status, startTime, lastUpdate, bytesDownloaded = 0, totalBytes, kept } = state;
  return JSON.stringify({ modelKey, modelName, status, startTime, lastUpdate, bytesDownloaded, totalBytes, kept });
}

/**
 * Reads the text that an earlier visit has stored. Returns `undefined` for any other text, for a download that was not active, and
 * if its bytes were not stored.
 */
export function readDownload(text: string | null, modelKey: string): PersistedDownload | undefined {
  if (text === null) return undefined;
  const value = fieldsOf(attempt((): unknown => JSON.parse(text)));
  if (value.modelKey !== modelKey || typeof value.modelName !== 'string') return undefined;
  const status = value.status as DownloadStatus;
  if (!isActive(status)) return undefined;
  const lastUpdate = readBytes(value.lastUpdate);
  const bytesDownloaded = readBytes(value.bytesDownloaded);
  if (lastUpdate === undefined || bytesDownloaded === undefined) return undefined;
  // Bytes for which the device had no space are gone.
  if (value.kept === false) return undefined;
  const totalBytes = readBytes(value.totalBytes);
  return {
    modelKey,
    modelName: value.modelName,
    status,
    startTime: readBytes(value.startTime),
    lastUpdate,
    bytesDownloaded,
    kept: value.kept === true || undefined,
    totalBytes: totalBytes !== undefined && totalBytes >= bytesDownloaded ? totalBytes : undefined,
  };
}
