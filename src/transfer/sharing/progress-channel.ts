import { openChannel } from '../../core/internal.js';

/** How far the holder of a file's lock is. */
export interface FollowedProgress {
  readonly url: string;
  /** Bytes that are here. */
  readonly loaded: number;
  /** Bytes of the whole file; `undefined` while unknown. */
  readonly total: number | undefined;
}

/** Asks the holder of a file's lock, now or later, to tell how far it is. */
interface ProgressRequest {
  readonly requests: string;
}

/** Any script of the origin can post to the channel. */
type Message = Partial<FollowedProgress & ProgressRequest>;

/** The least time between two messages about one file, in ms. */
const INTERVAL = 250;

const channels = new Map<string, ProgressChannel>();

/** How the tabs of an origin, and the callers in a page, hear of a file that another one downloads. */
export class ProgressChannel {
  readonly #namespace: string;
  #channel: BroadcastChannel | undefined;
  /** How many downloads use it. */
  #users = 0;
  /** Files of which another tab wants to hear. */
  readonly #wanted = new Set<string>();
  readonly #publishedAt = new Map<string, number>();
  readonly #listeners = new Map<string, Set<(progress: FollowedProgress) => void>>();

  private constructor(namespace: string) {
    this.#namespace = namespace;
  }

  /** The channel of a namespace: one for the realm. It hears other tabs between `open()` and `close()`. */
  static of(namespace: string): ProgressChannel {
    const channel = channels.get(namespace) ?? new ProgressChannel(namespace);
    channels.set(namespace, channel);
    return channel;
  }

  /** A download begins that other tabs may ask about, or that requests them. */
  open(): void {
    this.#users += 1;
    if (this.#users > 1) return;
    // Without a channel only the callers of this realm receive each other's progress.
    this.#channel = openChannel(`model-download-progress:${this.#namespace}`, (message) => this.#receive((message ?? {}) as Message));
  }

  /** A download that called `open()` is over. */
  close(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    try {
      this.#channel?.close();
    } catch {
      // As above: no download fails for its channel.
    }
    this.#channel = undefined;
    this.#wanted.clear();
    this.#publishedAt.clear();
  }

  /** Tells how far a file is at `now` (ms), as often as it is worth while. */
  publish(progress: FollowedProgress, now: number): void {
    if (Math.abs(now - (this.#publishedAt.get(progress.url) ?? -Infinity)) < INTERVAL) return;
    this.#publishedAt.set(progress.url, now);
    // A message costs more than a piece of the file, and mostly no tab waits for it. One that does has asked:
    // before this tab had its turn, too, since it stands behind this one.
    if (this.#wanted.has(progress.url)) this.#post(progress);
    // A channel does not hear itself, and the next caller may be in this very page.
    this.#emit(progress);
  }

  /** Calls `listener` with what others tell of a file; returns what ends that. */
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
    if (requests !== undefined) this.#wanted.add(requests);
    else if (url !== undefined && loaded !== undefined) this.#emit({ url, loaded, total });
  }

  #post(message: FollowedProgress | ProgressRequest): void {
    try {
      this.#channel?.postMessage(message);
    } catch {
      // It refuses: other tabs hear nothing, and the download goes on.
    }
  }

  #emit(progress: FollowedProgress): void {
    for (const listener of [...(this.#listeners.get(progress.url) ?? [])]) listener(progress);
  }
}
