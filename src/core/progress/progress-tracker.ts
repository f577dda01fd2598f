import { checkOption, checkOptions } from '../checks.js';
import type { Clock } from '../time/clock.js';
import { FileProgress } from './file-progress.js';
import { notify } from '../time/notify.js';
import { toPercent, type ProgressInfo, type ProgressStatus } from './progress-info.js';
import { SpeedMeter } from '../speed/speed-meter.js';
import { systemClock } from '../time/system-clock.js';
import { TimeLeft } from '../speed/time-left.js';
import { parseLoadEvent } from './progress-event.js';

/** Options of a {@link ProgressTracker}. */
export interface ProgressTrackerOptions {
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
  /** The file to track; `undefined` tracks the first one with an event. */
  readonly file?: string | undefined;
  /** Bytes of the file; `undefined` if they are not known in advance. */
  readonly total?: number | undefined;
  /** Silence, in ms, after which the speed reads 0. Default 5,000. */
  readonly stallAfter?: number | undefined;
}

/**
 * Tracks the events of one file. Events of other files are ignored: bytes of different files
 * are not one series. For a whole model there is `MultiFileProgressTracker`.
 */
export class ProgressTracker {
  readonly #onProgress: ((info: ProgressInfo) => void) | undefined;
  readonly #clock: Clock;
  readonly #stallAfter: number;
  readonly #speed = new SpeedMeter();
  readonly #timeLeft = new TimeLeft();
  #file: FileProgress | undefined;
  readonly #total: number | undefined;
  #name = '';
  #lastByteAt = 0;
  #end: 'ready' | 'failed' | undefined;

  /**
   * @param onProgress Called with each change. An error that it throws is reported as uncaught.
   * @throws TypeError when an argument has a wrong type; RangeError when a number is below 0.
   */
  constructor(onProgress?: (info: ProgressInfo) => void, options: ProgressTrackerOptions = {}) {
    checkOption('onProgress', onProgress, 'function');
    checkOptions(options, { clock: 'object', file: 'string', stallAfter: 0, total: 0 });
    const { clock = systemClock, file, total, stallAfter = 5_000 } = options;
    this.#onProgress = onProgress;
    this.#clock = clock;
    this.#total = total;
    this.#stallAfter = stallAfter;
    if (file !== undefined) this.#file = new FileProgress(file, total);
  }

  /** Handles an event of `progress_callback`. An unusable event is ignored; nothing is thrown. */
  handleTransformersProgress(message: unknown): void {
    const event = parseLoadEvent(message);
    if (!event || this.#end || event.status === 'share' || !('file' in event)) return;
    this.#file ??= new FileProgress(event.file, this.#total);
    if (event.file !== this.#file.file) return;
    this.#name = event.name;
    const now = this.#clock.now();
    switch (event.status) {
      case 'initiate':
        this.#file.initiate();
        break;
      case 'download':
        this.#file.download();
        this.#speed.start(now);
        this.#lastByteAt = now;
        break;
      case 'progress': {
        const fresh = this.#file.progress(event.loaded, event.total);
        this.#speed.add(fresh, now);
        if (fresh > 0) this.#lastByteAt = now;
        break;
      }
      case 'done':
        this.#file.done();
        this.#speed.stop(now);
    }
    this.#report();
  }

  /** Ends the file: all of its bytes have arrived. */
  complete(): void {
    if (this.#end) return;
    this.#file?.done();
    this.#end = 'ready';
    this.#speed.stop(this.#clock.now());
    this.#report();
  }

  /** Ends the file by a failure. The bytes so far are kept. */
  error(_cause?: unknown): void {
    if (this.#end) return;
    this.#end = 'failed';
    this.#speed.stop(this.#clock.now());
    this.#report();
  }

  /** Returns the progress as of now. */
  getSnapshot(): ProgressInfo {
    const now = this.#clock.now();
    const loaded = this.#file?.loaded ?? 0;
    const total = this.#file?.size ?? (this.#end === 'ready' ? loaded : undefined);
    const status = this.#status();
    const downloading = status === 'download';
    const stalled = downloading && now - this.#lastByteAt >= this.#stallAfter;
    const speed = downloading ? (stalled ? 0 : this.#speed.bytesPerSecond(now)) : undefined;
    return Object.freeze({
      status,
      name: this.#name,
      file: this.#file?.file ?? '',
      progress: toPercent(loaded, total),
      loaded,
      total,
      speed,
      timeRemaining: total === undefined ? undefined : this.#readTimeLeft(total - loaded, loaded, downloading && !stalled, now),
    });
  }

  #status(): ProgressStatus {
    if (this.#end) return this.#end;
    if (this.#file?.phase === 'done') return 'loading';
    return this.#file?.phase === 'download' ? 'download' : 'waiting';
  }

  #readTimeLeft(remaining: number, received: number, isMoving: boolean, now: number): number | undefined {
    const pace = (span: number): number | undefined => this.#speed.pace(span);
    return this.#timeLeft.read({ remaining, received, isMoving, pace, transferTime: this.#speed.transferTime(now) });
  }

  #report(): void {
    if (this.#onProgress) notify(this.#onProgress, this.getSnapshot(), this.#clock);
  }
}
