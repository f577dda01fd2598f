import { isActive, type DownloadState, type DownloadStatus } from './download-state.js';

/** Several downloads as one. Frozen; a change makes a new object. */
export interface DownloadSummary {
  /** The keys of the downloads in it, in the order of their requests. */
  readonly modelKeys: readonly string[];
  /** The most significant status among them; `idle` when there are none. */
  readonly status: DownloadStatus;
  /** How many run: started, not ended, and not waiting for a slot of the queue. */
  readonly running: number;
  /** How many wait for a slot of the queue. */
  readonly queued: number;
  /** How many models are usable. */
  readonly completed: number;
  /** How many have failed. */
  readonly failed: number;
  /** Percent of all bytes, 0–100 with fractions; `undefined` while the size of any download is unknown. */
  readonly progress: number | undefined;
  /** Bytes so far. */
  readonly bytesDownloaded: number;
  /** Bytes in all; `undefined` while the size of any download is unknown. */
  readonly totalBytes: number | undefined;
  /** Bytes per second of all transfers together; `undefined` while there is none. */
  readonly speed: number | undefined;
  /** Seconds until the last byte at that speed; `undefined` while it can only be guessed. */
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

/**
 * The downloads that run together: from the first request until all have ended. The next request
 * begins another batch.
 */
export class DownloadBatch {
  readonly #states = new Map<string, DownloadState>();

  /** Applies the new state of a download. */
  apply(state: DownloadState): void {
    const { modelKey, status } = state;
    if (status === 'idle' || status === 'cancelled') {
      this.#states.delete(modelKey);
      return;
    }
    if (!this.#states.has(modelKey)) {
      // A download that has ended before its first state arrives belongs to no batch.
      if (!isActive(status)) return;
      if (![...this.#states.values()].some((known) => isActive(known.status))) this.#states.clear();
    }
    this.#states.set(modelKey, state);
  }

  /** The states in it, in the order of the requests. */
  get states(): readonly DownloadState[] {
    return [...this.#states.values()];
  }

  /** All downloads of the batch as one. */
  get summary(): DownloadSummary {
    const { states } = this;
    const count = (...statuses: readonly DownloadStatus[]): number => states.filter(({ status }) => statuses.includes(status)).length;
    const bytesDownloaded = sum(states.map((state) => state.bytesDownloaded)) ?? 0;
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
      progress: totalBytes === undefined ? undefined : percentOf(states, bytesDownloaded, totalBytes),
      bytesDownloaded,
      totalBytes,
      speed,
      timeRemaining: timeLeft(states, speed, totalBytes === undefined ? undefined : totalBytes - bytesDownloaded),
    });
  }
}

/** The sum, or `undefined` while any value is unknown. */
function sum(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce<number | undefined>((total, value) => (total === undefined || value === undefined ? undefined : total + value), 0);
}

function percentOf(states: readonly DownloadState[], bytes: number, total: number): number {
  if (states.every(({ status }) => status === 'completed')) return 100;
  return total === 0 ? 0 : Math.min(100, (bytes / total) * 100);
}

/** Seconds until the last byte; `undefined` while a download has stopped, or the time of one is unknown. */
function timeLeft(states: readonly DownloadState[], speed: number | undefined, remaining: number | undefined): number | undefined {
  if (!speed || remaining === undefined) return undefined;
  const isGuess = states.some(({ status }) => status === 'stalled' || status === 'waiting' || status === 'paused' || status === 'failed');
  const known = states.filter(({ status }) => status === 'downloading');
  if (isGuess || known.some(({ timeRemaining }) => timeRemaining === undefined)) return undefined;
  // The slowest download may end later than the sum at the common speed.
  return Math.max(remaining / speed, ...known.map(({ timeRemaining }) => timeRemaining ?? 0));
}
