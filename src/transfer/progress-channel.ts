/** How far the holder of a file's lock is. */
export interface FollowedProgress {
  readonly url: string;
  /** Bytes that are here. */
  readonly loaded: number;
  /** Bytes of the whole file; `undefined` while unknown. */
  readonly total: number | undefined;
}

/** Asks whoever downloads a file, now or later, to tell how far it is. */
interface Question {
  readonly asks: string;
}

/** The least time between two messages about one file, in ms. */
const INTERVAL = 250;

const channels = new Map<string, ProgressChannel>();

/** How the tabs of an origin, and the callers in a page, hear of a file that another one downloads. */
export class ProgressChannel {
  readonly #channel: BroadcastChannel | undefined;
  /** Files of which another tab wants to hear. */
  readonly #wanted = new Set<string>();
  readonly #toldAt = new Map<string, number>();
  readonly #listeners = new Map<string, Set<(progress: FollowedProgress) => void>>();

  private constructor(namespace: string) {
    if (typeof BroadcastChannel === 'undefined') return;
    this.#channel = new BroadcastChannel(`model-download-progress:${namespace}`);
    this.#channel.onmessage = ({ data }: MessageEvent<FollowedProgress | Question>) => {
      if ('asks' in data) this.#wanted.add(data.asks);
      else this.#pass(data);
    };
    // In Node an open channel keeps the process alive.
    (this.#channel as { unref?: () => void }).unref?.();
  }

  /** The channel of a namespace: one for the realm, for as long as it lives. */
  static of(namespace: string): ProgressChannel {
    const channel = channels.get(namespace) ?? new ProgressChannel(namespace);
    channels.set(namespace, channel);
    return channel;
  }

  /** Tells how far a file is at `now` (ms), as often as it is worth while. */
  tell(progress: FollowedProgress, now: number): void {
    if (Math.abs(now - (this.#toldAt.get(progress.url) ?? -Infinity)) < INTERVAL) return;
    this.#toldAt.set(progress.url, now);
    // A message costs more than a piece of the file, and mostly nobody waits for it. Whoever does has asked:
    // before this tab had its turn, too, since it stands behind this one.
    if (this.#wanted.has(progress.url)) this.#channel?.postMessage(progress);
    // A channel does not hear itself, and the next caller may be in this very page.
    this.#pass(progress);
  }

  /** Calls `listener` with what others tell of a file; returns what ends that. */
  follow(url: string, listener: (progress: FollowedProgress) => void): () => void {
    const listeners = this.#listeners.get(url) ?? new Set();
    this.#listeners.set(url, listeners.add(listener));
    this.#channel?.postMessage({ asks: url } satisfies Question);
    return () => listeners.delete(listener);
  }

  #pass(progress: FollowedProgress): void {
    for (const listener of [...(this.#listeners.get(progress.url) ?? [])]) listener(progress);
  }
}
