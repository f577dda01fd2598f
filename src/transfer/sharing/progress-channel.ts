import { openChannel } from '../../core/internal.js';

/** The progress of the holder of a file's lock. */
export interface FollowedProgress {
  readonly url: string;
  /** Bytes that have arrived. */
  readonly loaded: number;
  /** Bytes of the whole file; `undefined` while unknown. */
  readonly total: number | undefined;
}

/** A message that requests the progress of a file from the tab that has its lock, or will have it later. */
interface ProgressRequest {
  /** The file. */
  readonly requests: string;
}

/** A message on the channel. Every field may be missing, since any script of the origin can post to it. */
type Message = Partial<FollowedProgress & ProgressRequest>;

/** The least time between two messages about one file, in ms. */
const INTERVAL = 250;

const channels = new Map<string, ProgressChannel>();

/** Carries the progress of files between the tabs of an origin and between the callers in a page. */
export class ProgressChannel {
  readonly #namespace: string;
  #channel: BroadcastChannel | undefined;
  /** The number of downloads that use the channel. */
  #users = 0;
  /** Files whose progress another tab has requested. */
  readonly #requested = new Set<string>();
  readonly #publishedAt = new Map<string, number>();
  readonly #listeners = new Map<string, Set<(progress: FollowedProgress) => void>>();

  private constructor(namespace: string) {
    this.#namespace = namespace;
  }

  /** Returns the channel of a namespace, which the realm shares. It receives messages of other tabs between `open()` and `close()`. */
  static of(namespace: string): ProgressChannel {
    const channel = channels.get(namespace) ?? new ProgressChannel(namespace);
    channels.set(namespace, channel);
    return channel;
  }

  /** Opens the channel for a download. */
  open(): void {
    this.#users += 1;
    if (this.#users > 1) return;
    // Without a channel only the callers of this realm receive each other's progress.
    this.#channel = openChannel(`model-download-progress:${this.#namespace}`, (message) => this.#receive(message ?? {}));
  }

  /** Closes the channel once every download that called `open()` is over. */
  close(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    try {
      this.#channel?.close();
    } catch {
      // A download must not fail for its channel.
    }
    this.#channel = undefined;
    this.#requested.clear();
    this.#publishedAt.clear();
  }

  /** Publishes the progress of a file at `now` (ms), at most four times a second. */
  publish(progress: FollowedProgress, now: number): void {
    if (Math.abs(now - (this.#publishedAt.get(progress.url) ?? -Infinity)) < INTERVAL) return;
    this.#publishedAt.set(progress.url, now);
    // A message costs more than a chunk of the file, and usually no tab waits for it. A tab that waits has sent a request,
    // possibly before this tab had the lock.
    if (this.#requested.has(progress.url)) this.#post(progress);
    // A channel does not receive its own messages, and a caller that waits may be in this page.
    this.#emit(progress);
  }

  /** Calls `listener` with the progress of a file that others publish; returns a function that ends this. */
  follow(url: string, listener: (progress: FollowedProgress) => void): () => void {
    const listeners = this.#listeners.get(url) ?? new Set();
    this.#listeners.set(url, listeners.add(listener));
    this.#post({ requests: url });
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(url) === listeners) this.#listeners.delete(url);
    };
  }

  #receive({ requests, url, loaded, total }: Message): void {
    if (requests !== undefined) this.#requested.add(requests);
    else if (url !== undefined && loaded !== undefined) this.#emit({ url, loaded, total });
  }

  #post(message: FollowedProgress | ProgressRequest): void {
    try {
      this.#channel?.postMessage(message);
    } catch {
      // The platform refuses: other tabs receive no progress, and the download continues.
    }
  }

  #emit(progress: FollowedProgress): void {
    for (const listener of [...(this.#listeners.get(progress.url) ?? [])]) listener(progress);
  }
}
