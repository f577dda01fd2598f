interface PauseMessage {
  readonly modelKey: string;
  readonly paused: boolean;
}

/** A pause is one of all tabs of an origin: the others hear of it here. */
export class PauseChannel {
  readonly #channel: BroadcastChannel | undefined;

  constructor(namespace: string | undefined, onMessage: (modelKey: string, paused: boolean) => void) {
    try {
      this.#channel = new BroadcastChannel(`model-download-pause:${namespace ?? ''}`);
    } catch {
      // Where storage is blocked the platform may refuse channels too: each tab then pauses alone.
      return;
    }
    this.#channel.onmessage = ({ data }: MessageEvent<PauseMessage>) => onMessage(data.modelKey, data.paused);
    // In Node an open channel keeps the process alive.
    (this.#channel as { unref?: () => void }).unref?.();
  }

  /** Without effect after `close()`. */
  tell(modelKey: string, paused: boolean): void {
    try {
      this.#channel?.postMessage({ modelKey, paused });
    } catch {
      // As above.
    }
  }

  /** Neither tells nor hears of a pause any more. */
  close(): void {
    try {
      this.#channel?.close();
    } catch {
      // As above.
    }
  }
}
