import type { ShareSignal } from './signals.js';
import { SpeedMeter } from '../speed/speed-meter.js';
import { TimeLeft } from '../speed/time-left.js';

/** Tracks a download of which only a share is known, and no bytes. Computes a percentage and, if possible, the time left. */
export class ShareProgress {
  readonly #pace = new SpeedMeter();
  readonly #timeLeft = new TimeLeft();
  #share: number | undefined;
  #first = 0;
  #isLoading = false;
  #run = 0;
  #movedAt = 0;

  /** Whether any share was reported. */
  get isKnown(): boolean {
    return this.#share !== undefined || this.#isLoading;
  }

  /** Whether the download has ended, and the runtime starts the model. */
  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** Percent, 0–100; never decreases. `undefined` without a share of the download, and from the second download of a load on. */
  get percent(): number | undefined {
    return this.#share === undefined || this.#run > 0 ? undefined : this.#share * 100;
  }

  /**
   * Applies a share as of `now` (ms). After the share 1, and after the first signal of the phase `loading`, all others of the same
   * run are ignored, so that the bar does not start again.
   */
  apply({ share, phase, run = 0 }: ShareSignal, now: number): void {
    if (run > this.#run) this.#begin(run);
    if (this.#isLoading || run < this.#run) return;
    if (phase === 'loading') {
      // If there was a download, it is complete when the start of the model begins.
      this.#share = this.#share ? 1 : undefined;
      this.#end(now);
      return;
    }
    if (this.#share === undefined) {
      this.#first = share;
      this.#movedAt = now;
      this.#pace.start(now);
    }
    const fresh = share - (this.#share ?? share);
    this.#share = Math.max(share, this.#share ?? 0);
    if (fresh > 0) {
      this.#pace.add(fresh, now);
      this.#movedAt = now;
    }
    if (this.#share >= 1) this.#end(now);
  }

  /**
   * Returns the seconds left, by the pace of the share; `undefined` while they can only be guessed, and after `silence` ms without
   * a change.
   */
  timeLeft(now: number, silence: number): number | undefined {
    const share = this.#share;
    if (share === undefined || this.#run > 0) return undefined;
    return this.#timeLeft.read({
      remaining: 1 - share,
      received: share - this.#first,
      isMoving: !this.#isLoading && now - this.#movedAt < silence,
      pace: (span) => this.#pace.pace(span),
      transferTime: this.#pace.transferTime(now),
    });
  }

  #begin(run: number): void {
    this.#run = run;
    this.#share = undefined;
    this.#isLoading = false;
  }

  #end(now: number): void {
    this.#isLoading = true;
    this.#pace.stop(now);
  }
}
