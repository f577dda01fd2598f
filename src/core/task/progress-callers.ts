import type { ProgressInfo } from '../progress/progress-info.js';
import type { Clock } from '../time/clock.js';
import { notify } from '../time/notify.js';
import { DownloadCallers } from './download-callers.js';

export type { DownloadCaller } from './download-callers.js';

/** The callers of a load that reports its progress to them. */
export class ProgressCallers extends DownloadCallers {
  readonly #clock: Clock;

  /** @param onLastLeft As in {@link DownloadCallers}. */
  constructor(clock: Clock, onLastLeft: () => void) {
    super(onLastLeft);
    this.#clock = clock;
  }

  /** Calls `onProgress` of every caller. */
  notify(info: ProgressInfo): void {
    for (const { onProgress } of [...this.callers]) notify(onProgress, info, this.#clock);
  }
}
