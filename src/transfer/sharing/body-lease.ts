import type { PauseGate } from '../network/pause-gate.js';
import type { PartialBody } from '../store/partial-body.js';
import type { FileLease } from './file-lease.js';

/** What a {@link BodyLease} depends on. */
export interface BodyLeaseOptions {
  readonly lease: FileLease;
  readonly partial: PartialBody;
  readonly gate: PauseGate;
  /** Whether nothing reads the body, which has not ended. */
  readonly isUnread: () => boolean;
}

/** The right of one body to the file and to what is partial of it, which is left to others while nothing reads the body. */
export class BodyLease {
  readonly #options: BodyLeaseOptions;
  #hasYielded = false;

  constructor(options: BodyLeaseOptions) {
    this.#options = options;
  }

  /** Whether another tab, or another caller, downloads the file, and this body waits for it. */
  get isFollowing(): boolean {
    return this.#options.lease.isFollowing;
  }

  /** Waits for the right to download the file; resolves with whether it had to wait. */
  async acquire(): Promise<boolean> {
    const { lease, partial } = this.#options;
    const waited = await lease.acquire();
    if (lease.isAlone) await partial.leaveStore();
    return waited;
  }

  /** Gives it away, for as long as nothing is downloaded. */
  release(): void {
    this.#options.lease.release();
  }

  /** Leaves the file to others while nothing reads this body: they would wait for ever. */
  async yield(): Promise<void> {
    const { partial, lease, isUnread } = this.#options;
    if (!isUnread()) return;
    await partial.flush();
    if (!isUnread()) return;
    this.#hasYielded = true;
    lease.release();
  }

  /** Takes it again before the body is read on; goes on alone where others have the file now. */
  async reacquire(): Promise<void> {
    const { gate, lease, partial } = this.#options;
    if (!this.#hasYielded) return;
    await gate.pass();
    this.#hasYielded = false;
    if (await lease.tryAcquire()) return;
    lease.goAlone();
    await partial.leaveStore();
  }

  /** Lets go of what is partial of a body that was read to its end, by `drop`, unless others want it or have it. */
  async finish(drop: () => Promise<void>): Promise<void> {
    const { lease, partial } = this.#options;
    // Another download has the file, and what is held of it.
    if (lease.isAlone) return;
    // Callers that wait for this file find it whole.
    if (await lease.isWanted()) await partial.flush();
    else await drop();
  }
}
