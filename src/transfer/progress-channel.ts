import type { Clock } from '../core/index.js';

/** How far the holder of a file's lock is. */
export interface FollowedProgress {
  readonly url: string;
  /** Bytes that are here. */
  readonly loaded: number;
  /** Bytes of the whole file; `undefined` while unknown. */
  readonly total: number | undefined;
}

/** The least time between two messages about one file, in ms. */
const INTERVAL = 250;

/** How the tabs of an origin, and the callers in a page, hear of a file that another one downloads. */
export class ProgressChannel {
  readonly #channel: BroadcastChannel | undefined;
  readonly #clock: Clock;
  readonly #toldAt = new Map<string, number>();
  readonly #listeners = new Map<string, Set<(progress: FollowedProgress) => void>>();

  constructor(namespace: string, clock: Clock) {
    this.#clock = clock;
    if (typeof BroadcastChannel === 'undefined') return;
    this.#channel = new BroadcastChannel(`model-download-progress:${namespace}`);
    this.#channel.onmessage = ({ data }: MessageEvent<FollowedProgress>) => {
      for (const listener of [...(this.#listeners.get(data.url) ?? [])]) listener(data);
    };
    // In Node an open channel keeps the process alive.
    (this.#channel as { unref?: () => void }).unref?.();
  }

  /** Tells how far a file is, as often as it is worth while. */
  tell(progress: FollowedProgress): void {
    const now = this.#clock.now();
    if (now - (this.#toldAt.get(progress.url) ?? -Infinity) < INTERVAL) return;
    this.#toldAt.set(progress.url, now);
    this.#channel?.postMessage(progress);
  }

  /** Calls `listener` with what others tell of a file; returns what ends that. */
  follow(url: string, listener: (progress: FollowedProgress) => void): () => void {
    const listeners = this.#listeners.get(url) ?? new Set();
    this.#listeners.set(url, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  close(): void {
    this.#channel?.close();
  }
}
