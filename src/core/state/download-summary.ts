import type { DownloadState, DownloadStatus } from './download-state.js';

/** Several downloads as one. Frozen; a change makes a new object. */
export interface DownloadSummary {
  /** The keys of the downloads in it, in the order of their requests. */
  readonly modelKeys: readonly string[];
  /** The most significant status among them; `idle` when there are none. */
  readonly status: DownloadStatus;
  /** How many have started and not ended, paused ones included, without those that wait for a slot of the queue. */
  readonly running: number;
  /** How many wait for a slot of the queue. */
  readonly queued: number;
  /** How many models are usable. */
  readonly completed: number;
  /** How many have failed. */
  readonly failed: number;
  /** Percent of all bytes, 0–100 with fractions; 100 when all are completed, else `undefined` while the size of any is unknown. */
  readonly progress: number | undefined;
  /** Bytes so far, of the downloads whose bytes are known. */
  readonly bytesDownloaded: number;
  /** Bytes in all; `undefined` while the size of any download is unknown. */
  readonly totalBytes: number | undefined;
  /** Bytes per second of all transfers together; `undefined` while there is none. */
  readonly speed: number | undefined;
  /** Seconds until the last byte at that speed, or until the slowest download ends; `undefined` while they can only be guessed. */
  readonly timeRemaining: number | undefined;
}

/** The statuses by significance: the first that any download has is the status of the batch. */
const SIGNIFICANCE: readonly DownloadStatus[] = [
  'downloading',
  'stalled',
  'waiting',
  'checking',
  'preparing',
  'queued',
  'failed',
  'paused',
  'completed',
];

/** Combines several downloads into one summary. */
export function summarize(states: readonly DownloadState[]): DownloadSummary {
  const count = (...statuses: readonly DownloadStatus[]): number => states.filter(({ status }) => statuses.includes(status)).length;
  const bytesDownloaded = sum(states.map((state) => state.bytesDownloaded ?? 0)) ?? 0;
  const totalBytes = states.length > 0 ? sum(states.map((state) => state.totalBytes)) : undefined;
  const moving = states.filter(({ status, speed }) => status === 'downloading' && speed !== undefined);
  const speed = moving.length > 0 ? sum(moving.map((state) => state.speed)) : undefined;
  return Object.freeze({
    modelKeys: Object.freeze(states.map(({ modelKey }) => modelKey)),
    status: SIGNIFICANCE.find((status) => count(status) > 0) ?? 'idle',
    running: count('checking', 'downloading', 'stalled', 'waiting', 'preparing', 'paused'),
    queued: count('queued'),
    completed: count('completed'),
    failed: count('failed'),
    progress: percentOf(states, bytesDownloaded, totalBytes),
    bytesDownloaded,
    totalBytes,
    speed,
    timeRemaining: timeLeft(states, speed, totalBytes === undefined ? undefined : totalBytes - bytesDownloaded),
  });
}

/** Returns the sum, or `undefined` while any value is unknown. */
function sum(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce<number | undefined>((total, value) => (total === undefined || value === undefined ? undefined : total + value), 0);
}

function percentOf(states: readonly DownloadState[], bytes: number, total: number | undefined): number | undefined {
  // 100 is right even if the bytes of a completed download are unknown.
  if (states[0] && states.every(({ status }) => status === 'completed')) return 100;
  return total && Math.min(100, (bytes / total) * 100);
}

/** Returns the seconds until the last byte; `undefined` while a download has stopped, or the time of one is unknown. */
function timeLeft(states: readonly DownloadState[], speed: number | undefined, remaining: number | undefined): number | undefined {
  if (!speed || remaining === undefined) return undefined;
  const isGuess = states.some(({ status }) => status === 'stalled' || status === 'waiting' || status === 'paused' || status === 'failed');
  const known = states.filter(({ status }) => status === 'downloading');
  if (isGuess || known.some(({ timeRemaining }) => timeRemaining === undefined)) return undefined;
  // The slowest download may end later than all bytes together would at the common speed.
  return Math.max(remaining / speed, ...known.map(({ timeRemaining }) => timeRemaining ?? 0));
}
