/** What lets downloads pass, or makes them wait while they are paused. */
export class PauseGate {
  #open: (() => void) | undefined;
  #waiting: Promise<void> | undefined;

  get isClosed(): boolean {
    return this.#waiting !== undefined;
  }

  close(): void {
    this.#waiting ??= new Promise((resolve) => (this.#open = resolve));
  }

  open(): void {
    this.#open?.();
    this.#waiting = undefined;
  }

  /** Resolves at once while it is open, else when it opens. */
  async pass(): Promise<void> {
    while (this.#waiting) await this.#waiting;
  }
}
