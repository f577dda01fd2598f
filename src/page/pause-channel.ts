import { attempt, fieldsOf, openChannel } from '../core/internal.js';
import type { DownloadHandle } from '../model/index.js';

/** Sends a pause or a resume to the other tabs of the origin, and applies those of the other tabs. */
export class PauseChannel {
  readonly #channel: BroadcastChannel | undefined;

  /** @param namespace Separates several apps on one origin; `undefined` for none. */
  constructor(namespace: string | undefined, downloads: ReadonlyMap<string, Pick<DownloadHandle, 'pause' | 'resume'>>) {
    // Without a channel each tab pauses alone.
    this.#channel = openChannel(`model-download-pause:${namespace ?? ''}`, (message) => {
      // Any script of the origin can post to the channel.
      const { modelKey, paused } = fieldsOf(message);
      const download = downloads.get(modelKey as string);
      if (paused === true) download?.pause();
      else if (paused === false) download?.resume();
    });
  }

  /** Sends a message. Has no effect after `close()`. */
  post(modelKey: string, paused: boolean): void {
    // The platform may refuse a channel at any time: then the other tabs do not pause.
    attempt(() => this.#channel?.postMessage({ modelKey, paused }));
  }

  /** Closes the channel. */
  close(): void {
    attempt(() => this.#channel?.close());
  }
}
