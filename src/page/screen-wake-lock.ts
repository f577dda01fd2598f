/** What is used of the platform's wake lock. */
interface Sentinel {
  readonly released: boolean;
  release(): Promise<void>;
}

interface WakeLockHolder {
  readonly wakeLock?: { request(type: 'screen'): Promise<Sentinel> };
}

/** Keeps the screen awake while that is wanted, as far as the platform lets a page. */
export class ScreenWakeLock {
  readonly #onVisibility = (): void => void this.#acquire();
  #isWanted = false;
  #sentinel: Sentinel | undefined;

  constructor() {
    // The platform takes the lock from a page that is hidden, and does not give it back.
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  /** Gives the lock back, and listens no more. */
  dispose(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.want(false);
  }

  want(isWanted: boolean): void {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    if (isWanted) void this.#acquire();
    else void this.#release();
  }

  get #isDue(): boolean {
    const isHeld = this.#sentinel && !this.#sentinel.released;
    return this.#isWanted && !isHeld && document.visibilityState === 'visible';
  }

  async #acquire(): Promise<void> {
    const { wakeLock } = navigator as WakeLockHolder;
    if (!wakeLock || !this.#isDue) return;
    try {
      this.#sentinel = await wakeLock.request('screen');
    } catch {
      // Refused, as on a low battery: the download goes on until the device sleeps, and after it.
      return;
    }
    if (!this.#isWanted) await this.#release();
  }

  async #release(): Promise<void> {
    const sentinel = this.#sentinel;
    this.#sentinel = undefined;
    await sentinel?.release().catch(() => undefined);
  }
}
