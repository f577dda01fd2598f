import { openChannel } from '../core/internal.js';

interface PauseMessage {
  readonly modelKey: string;
  readonly paused: boolean;
}

/** Sends a pause or a resume to the other tabs of the origin. */
export class PauseChannel {
  readonly #channel: BroadcastChannel | undefined;

  constructor(namespace: string | undefined, onMessage: (modelKey: string, paused: boolean) => void) {
    // Without a channel each tab pauses alone.
    this.#channel = openChannel(`model-download-pause:${namespace ?? ''}`, (message) => {
      const { modelKey, paused } = message as PauseMessage;
      onMessage(modelKey, paused);
    });
  }

  /** Sends a message. Has no effect after `close()`. */
  post(modelKey: string, paused: boolean): void {
    try {
      this.#channel?.postMessage({ modelKey, paused });
    } catch {
      // The platform may refuse a channel at any time: then the other tabs do not pause.
    }
  }

  /** Closes the channel. */
  close(): void {
    try {
      this.#channel?.close();
    } catch {
      // As above.
    }
  }
}
