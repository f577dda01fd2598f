/** The used part of the platform's `WakeLockSentinel`. */
interface Sentinel {
  readonly released: boolean;
  release(): Promise<void>;
}

interface WakeLockHolder {
  readonly wakeLock?: { request(type: 'screen'): Promise<Sentinel> };
}

/** Keeps the screen awake while it is needed and the platform allows it. */
export class ScreenWakeLock {
  readonly #onVisibility = (): void => void this.#acquire();
  #isNeeded = false;
  #sentinel: Sentinel | undefined;

  constructor() {
    // The platform releases the lock of a hidden page, and does not restore it.
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  /** Releases the lock and removes the listener. */
  dispose(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.setNeeded(false);
  }

  setNeeded(isNeeded: boolean): void {
    if (isNeeded === this.#isNeeded) return;
    this.#isNeeded = isNeeded;
    if (isNeeded) void this.#acquire();
    else void this.#release();
  }

  #isDue(): boolean {
    const isHeld = this.#sentinel && !this.#sentinel.released;
    return this.#isNeeded && !isHeld && document.visibilityState === 'visible';
  }

  async #acquire(): Promise<void> {
    const { wakeLock } = navigator as WakeLockHolder;
    if (!wakeLock || !this.#isDue()) return;
    try {
      const sentinel = await wakeLock.request('screen');
      // The downloads may have ended meanwhile, or an earlier request was granted.
      if (this.#isDue()) this.#sentinel = sentinel;
      else await sentinel.release();
    } catch {
      // Refused, for example on a low battery. The download continues until the device sleeps, and afterwards.
    }
  }

  async #release(): Promise<void> {
    const sentinel = this.#sentinel;
    this.#sentinel = undefined;
    await sentinel?.release().catch(() => undefined);
  }
}
