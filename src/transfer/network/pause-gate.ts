/** Holds downloads back while they are paused. */
export class PauseGate {
  #open: (() => void) | undefined;
  #waiting: Promise<void> | undefined;

  /** Whether the downloads are paused. */
  get isClosed(): boolean {
    return this.#waiting !== undefined;
  }

  /** Pauses the downloads. */
  close(): void {
    this.#waiting ??= new Promise((resolve) => (this.#open = resolve));
  }

  /** Resumes the downloads. */
  open(): void {
    this.#open?.();
    this.#waiting = undefined;
  }

  /** Resolves once the gate is open. */
  async pass(): Promise<void> {
    while (this.#waiting) await this.#waiting;
  }
}
