interface PauseMessage {
  readonly modelKey: string;
  readonly paused: boolean;
}

/** Sends a pause or a resume to the other tabs of the origin. */
export class PauseChannel {
  readonly #channel: BroadcastChannel | undefined;

  constructor(namespace: string | undefined, onMessage: (modelKey: string, paused: boolean) => void) {
    try {
      this.#channel = new BroadcastChannel(`model-download-pause:${namespace ?? ''}`);
    } catch {
      // A browser that blocks storage can also refuse channels. Then each tab pauses on its own.
      return;
    }
    this.#channel.onmessage = ({ data }: MessageEvent<PauseMessage>) => onMessage(data.modelKey, data.paused);
    // In Node an open channel keeps the process alive.
    (this.#channel as { unref?: () => void }).unref?.();
  }

  /** Sends a message. Has no effect after `close()`. */
  post(modelKey: string, paused: boolean): void {
    try {
      this.#channel?.postMessage({ modelKey, paused });
    } catch {
      // As above.
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
