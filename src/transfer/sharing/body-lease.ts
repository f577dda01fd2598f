import type { PauseGate } from '../network/pause-gate.js';
import type { PartialBody } from '../store/partial-body.js';
import type { FileLease } from './file-lease.js';

/** Settings of a {@link BodyLease}. */
export interface BodyLeaseOptions {
  readonly lease: FileLease;
  readonly partial: PartialBody;
  readonly gate: PauseGate;
  /** Whether the body has not ended, and its reader requests no bytes. */
  readonly isUnread: () => boolean;
  /** Offers the complete body to the caller, and resolves when its stored bytes are not needed any more. Never rejects. */
  readonly offer: () => Promise<void>;
}

/** The right of one body to the file and its stored bytes, which is released to others while the body is not read. */
export class BodyLease {
  readonly #options: BodyLeaseOptions;
  #hasYielded = false;

  constructor(options: BodyLeaseOptions) {
    this.#options = options;
  }

  /** Whether this body waits for another tab, or another caller, that downloads the file. */
  get isFollowing(): boolean {
    return this.#options.lease.isFollowing;
  }

  /** Waits for the right to download the file; resolves with whether it had to wait. */
  async acquire(): Promise<boolean> {
    const { lease, partial } = this.#options;
    const waited = await lease.acquire();
    if (lease.hasNoLock) await partial.stopWriting();
    return waited;
  }

  /** Releases the file while no connection is open. */
  release(): void {
    this.#options.lease.release();
  }

  /** Releases the file while this body is not read: otherwise other downloads would wait for ever. */
  async yield(): Promise<void> {
    const { partial, lease, isUnread } = this.#options;
    if (!isUnread()) return;
    await partial.flush();
    if (!isUnread()) return;
    this.#hasYielded = true;
    lease.release();
  }

  /** Acquires the file again before more of the body is read. If another download has it by now, this one continues without the lock. */
  async reacquire(): Promise<void> {
    const { gate, lease, partial } = this.#options;
    if (!this.#hasYielded) return;
    await gate.pass();
    this.#hasYielded = false;
    if (await lease.tryAcquire()) return;
    lease.continueWithoutLock();
    await partial.stopWriting();
  }

  /**
   * Offers a body that was read to its end. After that, calls `drop` to delete its stored bytes, unless another download has the file or
   * waits for it.
   */
  async finish(drop: () => Promise<void>): Promise<void> {
    const { lease, partial, offer } = this.#options;
    const offered = offer();
    // Another download has the file and its stored bytes.
    if (lease.hasNoLock) return;
    // Callers that wait for the file must find all of its bytes.
    if (await lease.hasWaiters()) await partial.flush();
    else await offered.then(drop);
  }

  /** Releases the file after `tidyUp`. */
  async releaseAfter(tidyUp: (lease: this) => Promise<void>): Promise<void> {
    try {
      await tidyUp(this);
    } catch {
      // Bytes that cannot be stored are downloaded again.
    } finally {
      this.release();
    }
  }
}
