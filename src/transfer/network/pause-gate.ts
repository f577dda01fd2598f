import { deferred, type Deferred } from '../../core/internal.js';

/** Holds downloads back while they are paused. */
export class PauseGate {
  #opened: Deferred<void> | undefined;

  /** Whether the downloads are paused. */
  get isClosed(): boolean {
    return this.#opened !== undefined;
  }

  /** Pauses the downloads. */
  close(): void {
    this.#opened ??= deferred();
  }

  /** Resumes the downloads. */
  open(): void {
    this.#opened?.resolve();
    this.#opened = undefined;
  }

  /** Resolves once the gate is open. */
  async pass(): Promise<void> {
    while (this.#opened) await this.#opened.promise;
  }
}
