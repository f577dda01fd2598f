import { openChannel } from '../core/internal.js';

interface PauseMessage {
  readonly modelKey: string;
  readonly paused: boolean;
}

/** A pause is one of all tabs of an origin: the others hear of it here. */
export class PauseChannel {
  readonly #channel: BroadcastChannel | undefined;

  constructor(namespace: string | undefined, onMessage: (modelKey: string, paused: boolean) => void) {
    // Without a channel each tab pauses alone.
    this.#channel = openChannel(`model-download-pause:${namespace ?? ''}`, (message) => {
      const { modelKey, paused } = message as PauseMessage;
      onMessage(modelKey, paused);
    });
  }

  /** Without effect after `close()`. */
  tell(modelKey: string, paused: boolean): void {
    try {
      this.#channel?.postMessage({ modelKey, paused });
    } catch {
      // The platform may refuse a channel at any time: then the other tabs do not pause.
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
