import { ThrottledProgressUpdater, type Clock, type DownloadState } from '../../core/index.js';

/**
 * Sends the states of one download: immediately after a change of status, otherwise at most ten times a second. The last
 * state is always sent. A change of status replaces a scheduled message.
 */
export class StateSender {
  readonly #updater: ThrottledProgressUpdater<DownloadState>;
  #last: DownloadState | undefined;

  constructor(send: (state: DownloadState) => void, clock: Clock) {
    this.#updater = new ThrottledProgressUpdater(send, { clock });
  }

  /** Sends a state now or later. */
  update(state: DownloadState): void {
    const isTransition = state.status !== this.#last?.status;
    this.#last = state;
    this.#updater.update(state);
    if (isTransition) this.#updater.flush();
  }

  /** Sends the last state now, even if it was sent before. */
  flush(): void {
    if (!this.#last) return;
    this.#updater.update(this.#last);
    this.#updater.flush();
  }
}
