import { isActive, type DownloadState, type DownloadStatus } from './download-state.js';

/** Several downloads as one. Frozen; a change makes a new one. */
export interface DownloadSummary {
  /** The keys of the downloads in it, in the order in which they were asked for. */
  readonly modelKeys: readonly string[];
  /** What most of all tells how they stand; `idle` when there are none. */
  readonly status: DownloadStatus;
  /** How many are under way: neither over nor waiting for their turn. */
  readonly running: number;
  /** How many wait for their turn. */
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
  /** Bytes per second, of all that transfer; `undefined` while nothing does. */
  readonly speed: number | undefined;
  /** Seconds until the last byte at that speed; `undefined` while any figure would be a guess. */
  readonly timeRemaining: number | undefined;
}

/** Which status stands for all: the first of these that any download has. */
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
 * The downloads that were asked for together: from the first one on while any is under way. The
 * first that is asked for after all are over begins another batch.
 */
export class DownloadBatch {
  readonly #states = new Map<string, DownloadState>();

  /** Takes the new state of a download. */
  apply(state: DownloadState): void {
    const { modelKey, status } = state;
    if (status === 'idle' || status === 'cancelled') {
      this.#states.delete(modelKey);
      return;
    }
    if (!this.#states.has(modelKey)) {
      // What is over before anybody heard of it belongs to no batch.
      if (!isActive(status)) return;
      if (![...this.#states.values()].some((known) => isActive(known.status))) this.#states.clear();
    }
    this.#states.set(modelKey, state);
  }

  /** The states in it, in the order in which the downloads were asked for. */
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

/** The sum, or `undefined` while a part of it is unknown. */
function sum(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce<number | undefined>((total, value) => (total === undefined || value === undefined ? undefined : total + value), 0);
}

function percentOf(states: readonly DownloadState[], bytes: number, total: number): number {
  if (states.every(({ status }) => status === 'completed')) return 100;
  return total === 0 ? 0 : Math.min(100, (bytes / total) * 100);
}

/** One that is stopped, or of which nobody knows how long it takes, makes the end of all a guess. */
function timeLeft(states: readonly DownloadState[], speed: number | undefined, remaining: number | undefined): number | undefined {
  if (!speed || remaining === undefined) return undefined;
  const isGuess = states.some(({ status }) => status === 'stalled' || status === 'waiting' || status === 'paused' || status === 'failed');
  const known = states.filter(({ status }) => status === 'downloading');
  if (isGuess || known.some(({ timeRemaining }) => timeRemaining === undefined)) return undefined;
  // The slowest one may end after the average.
  return Math.max(remaining / speed, ...known.map(({ timeRemaining }) => timeRemaining ?? 0));
}
