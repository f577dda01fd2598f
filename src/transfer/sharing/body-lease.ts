import type { PauseGate } from '../network/pause-gate.js';
import type { PartialBody } from '../store/partial-body.js';
import type { FileLease } from './file-lease.js';

/** What a {@link BodyLease} depends on. */
export interface BodyLeaseOptions {
  readonly turn: FileLease;
  readonly kept: PartialBody;
  readonly gate: PauseGate;
  /** Whether nothing reads the body, which has not ended. */
  readonly isUnread: () => boolean;
}

/** The right of one body to the file and to what is kept of it, which is left to others while nothing reads the body. */
export class BodyLease {
  readonly #options: BodyLeaseOptions;
  #hasYielded = false;

  constructor(options: BodyLeaseOptions) {
    this.#options = options;
  }

  /** Whether another tab, or another caller, downloads the file, and this body waits for it. */
  get isFollowing(): boolean {
    return this.#options.turn.isFollowing;
  }

  /** Waits for the right to download the file; resolves with whether it had to wait. */
  async acquire(): Promise<boolean> {
    const { turn, kept } = this.#options;
    const waited = await turn.take();
    if (turn.isAlone) await kept.leaveStore();
    return waited;
  }

  /** Gives it away, for as long as nothing is downloaded. */
  leave(): void {
    this.#options.turn.leave();
  }

  /** Leaves the file to others while nothing reads this body: they would wait for ever. */
  async yield(): Promise<void> {
    const { kept, turn, isUnread } = this.#options;
    if (!isUnread()) return;
    await kept.flush();
    if (!isUnread()) return;
    this.#hasYielded = true;
    turn.leave();
  }

  /** Takes it again before the body is read on; goes on alone where others have the file now. */
  async takeBack(): Promise<void> {
    const { gate, turn, kept } = this.#options;
    if (!this.#hasYielded) return;
    await gate.pass();
    this.#hasYielded = false;
    if (await turn.tryTake()) return;
    turn.goAlone();
    await kept.leaveStore();
  }

  /** Lets go of what is kept of a body that was read to its end, by `drop`, unless others want it or have it. */
  async finish(drop: () => Promise<void>): Promise<void> {
    const { turn, kept } = this.#options;
    // Another download has the file, and what is held of it.
    if (turn.isAlone) return;
    // Callers that wait for this file find it whole.
    if (await turn.isWanted()) await kept.flush();
    else await drop();
  }
}
