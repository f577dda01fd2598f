/**
 * The step of a load.
 *
 * - `waiting`: no byte has arrived.
 * - `download`: bytes arrive, from the network or the cache of this device.
 * - `loading`: the last byte has arrived.
 * - `ready`: the model is usable.
 * - `failed`: the load has failed.
 */
export type ProgressStatus = 'waiting' | 'download' | 'loading' | 'ready' | 'failed';

/** The progress of one stream of bytes. Frozen; a change makes a new object. */
export interface ProgressInfo {
  /** The step of the load. */
  readonly status: ProgressStatus;
  /** The model, as Transformers.js names it: its id or path. Empty before any event. */
  readonly name: string;
  /** The file, by its path inside the model. Empty before any event. */
  readonly file: string;
  /** Percent, 0–100 with fractions; `undefined` while the total is unknown. */
  readonly progress: number | undefined;
  /** Bytes so far. */
  readonly loaded: number;
  /** Bytes in all; `undefined` while unknown. */
  readonly total: number | undefined;
  /** Bytes per second; 0 while stalled, `undefined` while unknown or when nothing is transferred. */
  readonly speed: number | undefined;
  /** Seconds until the last byte; `undefined` while they can only be guessed. */
  readonly timeRemaining: number | undefined;
}

/** The progress of one file of a model. */
export interface FileProgressInfo {
  /** Its path inside the model. */
  readonly file: string;
  /** The step of the file. `ready` and `failed` are set at the end of the load: for all files, or for those that were incomplete. */
  readonly status: ProgressStatus;
  /** Percent, 0–100 with fractions; `undefined` while the total is unknown. */
  readonly progress: number | undefined;
  /** Bytes so far. */
  readonly loaded: number;
  /** Bytes in all; `undefined` while unknown. */
  readonly total: number | undefined;
  /** Whether its bytes are known to be read from the cache of this device. */
  readonly cached: boolean;
}

/** The progress of all files of one model. Frozen; a change makes a new object. */
export interface AggregateProgressInfo {
  /** The step of the load. */
  readonly status: ProgressStatus;
  /** Percent of the plan, 0–100 with fractions; never decreases within an attempt; `undefined` while unknown. */
  readonly overallProgress: number | undefined;
  /** Files whose last byte has arrived. */
  readonly filesCompleted: number;
  /** Files that this load is known to need. */
  readonly totalFiles: number;
  /** The file to which the last bytes belong; `undefined` before the first byte. */
  readonly currentFile: string | undefined;
  /** Bytes so far, of all files. */
  readonly totalDownloaded: number;
  /** Bytes in all; `undefined` while the size of any file, or the list of files, is unknown. */
  readonly totalSize: number | undefined;
  /** Whether `totalSize` is certain: the sum over a complete plan, or the bytes of a load that has ended. */
  readonly totalIsExact: boolean;
  /** Each file, in the order of its first event or plan. */
  readonly files: readonly FileProgressInfo[];
  /** Bytes per second from the network; 0 while stalled, `undefined` while unknown. */
  readonly speed: number | undefined;
  /** Seconds until the last byte; `undefined` while they can only be guessed. */
  readonly timeRemaining: number | undefined;
  /** Bytes known to be read from the cache of this device. */
  readonly bytesFromCache: number;
  /** All other bytes. */
  readonly bytesFromNetwork: number;
  /** Whether bytes are due and none has arrived for the time of `stallAfter`. */
  readonly stalled: boolean;
  /** The cause of the failure; `undefined` unless `status` is `failed`. */
  readonly error: unknown;
}

/** One file that a load needs. */
export interface PlanEntry {
  /** Its path inside the model, as in the events of Transformers.js. */
  readonly file: string;
  /** Its bytes, decoded; `undefined` when not known beforehand. */
  readonly size?: number | undefined;
  /** Whether it is on this device already. Default `false`. */
  readonly cached?: boolean | undefined;
}

/** Returns `loaded` in percent of `total`; `undefined` without a total. */
export function toPercent(loaded: number, total: number | undefined): number | undefined {
  if (total === undefined) return undefined;
  return total === 0 ? 100 : Math.min(100, (loaded / total) * 100);
}

/** Converts the progress of all files to that of one stream, for `onProgress` of a caller. */
export function toProgressInfo(aggregate: AggregateProgressInfo, name: string): ProgressInfo {
  const { status, currentFile, overallProgress, totalDownloaded, totalSize, speed, timeRemaining } = aggregate;
  return Object.freeze({
    status,
    name,
    file: currentFile ?? '',
    progress: overallProgress,
    loaded: totalDownloaded,
    total: totalSize,
    speed,
    timeRemaining,
  });
}
