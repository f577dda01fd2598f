import type { ShareSignal } from './signals.js';
import { SpeedMeter } from '../speed/speed-meter.js';
import { TimeLeft } from '../speed/time-left.js';

/** A download with a known share and unknown bytes: a percentage, and perhaps a time left. */
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

  /** Percent, 0–100; never decreases; `undefined` without a download, and from the second of several on. */
  get percent(): number | undefined {
    return this.#share === undefined || this.#run > 0 ? undefined : this.#share * 100;
  }

  /** Applies a share as of `now` (ms). After the first of `loading` the run ignores all others: the bar does not start again. */
  apply({ share, phase, run = 0 }: ShareSignal, now: number): void {
    if (run > this.#run) this.#begin(run);
    if (this.#isLoading || run < this.#run) return;
    if (phase === 'loading') {
      // A start follows a complete download, if there was one.
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

  /** Seconds left by the pace of the share; `undefined` while it can only be guessed, and after `silence` ms without a change. */
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
