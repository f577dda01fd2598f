// In: the signals and events of one attempt. Out: the sums of all files, with speed and time left.
import { checkOption, checkOptions } from '../checks.js';
import type { Clock } from '../time/clock.js';
import { FileLedger } from './file-ledger.js';
import { isBrief } from './file-sums.js';
import { notify } from '../time/notify.js';
import { toPercent, type AggregateProgressInfo, type ProgressStatus } from './progress-info.js';
import { ShareProgress } from './share-progress.js';
import { ShownPercent } from './shown-percent.js';
import type { LoadSignal } from './signals.js';
import { SpeedMeter } from '../speed/speed-meter.js';
import { systemClock } from '../time/system-clock.js';
import { TimeLeft } from '../speed/time-left.js';
import type { MultiFileProgressTrackerOptions } from './tracker-options.js';
import { parseLoadEvent, readPlan, readSizes, type FileEvent, type LoadEvent } from './progress-event.js';

/** The largest age of the speed and the time left in a callback, in ms. Computing them costs more than handling an event. */
const RATES_AGE = 20;

/** The figures about the speed of a load. */
type Rates = Pick<AggregateProgressInfo, 'speed' | 'timeRemaining'>;

/** Tracks all files of one attempt to load a model. Each attempt has its own tracker. */
export class MultiFileProgressTracker {
  readonly #onAggregate: ((info: AggregateProgressInfo) => void) | undefined;
  readonly #clock: Clock;
  readonly #stallAfter: number;
  readonly #ledger: FileLedger;
  readonly #speed = new SpeedMeter();
  readonly #timeLeft = new TimeLeft();
  readonly #share = new ShareProgress();
  readonly #percent = new ShownPercent();
  #trustsTotals: boolean;
  /** The sum of the list of files that Transformers.js 4 sends, when the list was last read. */
  #listedTotal: number | undefined;
  #currentFile: string | undefined;
  #started = false;
  #lastByteAt: number;
  #rates: Rates = { speed: undefined, timeRemaining: undefined };
  #ratesAt = -Infinity;
  #end: 'ready' | 'failed' | undefined;
  /** Whether `complete()` or `error()` was called. The `ready` of a runtime concerns one pipeline, and a load may have several. */
  #isOver = false;
  #cause: unknown;

  /** @param onAggregate Called with each change. An error that it throws is reported as uncaught. */
  constructor(onAggregate?: (info: AggregateProgressInfo) => void, options: MultiFileProgressTrackerOptions = {}) {
    checkOption('onAggregate', onAggregate, 'function');
    checkOptions(options, { clock: 'object', stallAfter: 0, hasTransfer: 'boolean' });
    const { clock = systemClock, plan, stallAfter = 5_000, hasTransfer } = options;
    this.#onAggregate = onAggregate;
    this.#clock = clock;
    this.#stallAfter = stallAfter;
    this.#ledger = new FileLedger(readPlan(plan), hasTransfer);
    // A plan of the page is more reliable than the list of the runtime.
    this.#trustsTotals = !this.#ledger.hasPlan;
    this.#lastByteAt = clock.now();
  }

  /**
   * Handles an event of `progress_callback`, or a signal of a recording or of a page's loader. An unusable event is
   * ignored; nothing is thrown.
   */
  handleFileProgress(message: unknown): void {
    const event = parseLoadEvent(message);
    if (event) this.#handle(event);
  }

  /** Handles a signal of the package itself. Its figures are used as they are. */
  handleSignal(signal: LoadSignal): void {
    this.#handle(signal);
  }

  #handle(event: LoadEvent): void {
    if (this.#isOver) return;
    // Read once: in some browsers reading the clock costs more than the rest of this method.
    const now = this.#clock.now();
    this.#apply(event, now);
    // Files of another pipeline arrive, or are planned.
    if (this.#end && (this.#ledger.isOpen || (event.status === 'plan' && this.#ledger.sums.due > 0))) this.#end = undefined;
    this.#percent.update(
      this.#knownPercent,
      this.#end !== undefined || this.#ledger.isFull || (this.#isShare && this.#share.percent === 100),
    );
    this.#notify(now);
  }

  /** Ends the load: the model is usable. Files without a byte are removed. */
  complete(): void {
    this.#finish('ready');
  }

  /** Ends the load by a failure. The bytes so far are kept. */
  error(cause?: unknown): void {
    this.#finish('failed', cause);
  }

  /** Returns the progress as of now, including the silence since the last event. */
  getSnapshot(): AggregateProgressInfo {
    return this.#snapshot(this.#clock.now(), 0);
  }

  /** @param age The largest age of the rates, in ms. */
  #snapshot(now: number, age: number): AggregateProgressInfo {
    const { sums } = this.#ledger;
    const status = this.#status(now);
    // A load that reports no byte has an unknown size, not one of 0 bytes.
    const isComplete = status === 'ready' && !this.#isShare && sums.loaded > 0;
    // A runtime reports shares at any interval: silence is not a stall.
    const isMetered = status === 'download' && !this.#isShare;
    const stalled = isMetered && now - this.#lastByteAt >= this.#stallAfter;
    if (stalled || !(now - this.#ratesAt < age)) this.#readRates(now, isMetered, stalled, status);
    return Object.freeze({
      status,
      overallProgress: this.#shownPercent(status),
      filesCompleted: sums.done,
      totalFiles: this.#ledger.count,
      currentFile: this.#currentFile,
      totalDownloaded: sums.loaded,
      // With a share alone the number of bytes is unknown.
      totalSize: isComplete ? sums.loaded : this.#isShare ? undefined : this.#ledger.size,
      totalIsExact: isComplete || this.#ledger.isExact,
      files: this.#ledger.describe(this.#end),
      speed: this.#rates.speed,
      timeRemaining: this.#rates.timeRemaining,
      bytesFromCache: sums.fromDevice,
      bytesFromNetwork: sums.loaded - sums.fromDevice,
      stalled,
      error: this.#cause,
    });
  }

  #readRates(now: number, isMetered: boolean, stalled: boolean, status: ProgressStatus): void {
    this.#ratesAt = now;
    this.#rates = {
      speed: isMetered ? (stalled ? 0 : this.#speed.bytesPerSecond(now)) : undefined,
      timeRemaining: this.#isShare
        ? this.#share.timeLeft(now, this.#stallAfter)
        : this.#readTimeLeft(status === 'download' && !stalled, now),
    };
  }

  /** Whether only a share is known. */
  get #isShare(): boolean {
    return this.#share.isKnown && !this.#started;
  }

  #apply(event: LoadEvent, now: number): void {
    if (event.status === 'ready') {
      // Bytes that arrive now are those of another pipeline, which is not ready.
      if (!this.#ledger.isOpen) this.#setEnd('ready', now);
    } else if (event.status === 'progress_total') {
      if (!this.#end) this.#applySizes(event);
    } else if (event.status === 'share') {
      // A share does not name its pipeline.
      if (this.#end) return;
      this.#share.apply(event, now);
      this.#currentFile = event.file ?? this.#currentFile;
    } else if (event.status === 'plan') {
      // A plan may have files that the list of the runtime lacks.
      // Its entries may come from the page, so they are checked.
      const files = readPlan(event.files);
      this.#trustsTotals = files.length === 0;
      this.#ledger.replacePlan(event.name, files);
    } else {
      this.#applyFileEvent(event, now);
    }
  }

  #applyFileEvent(event: FileEvent, now: number): void {
    const { file, fresh } = this.#ledger.apply(event);
    if (file.phase === 'download' || file.phase === 'done') this.#started = true;
    const isMetered = this.#ledger.sums.metered > 0;
    if (isMetered) this.#speed.start(now);
    // The event that ends a file may report its last bytes.
    if (fresh > 0 && !file.cached && (isMetered || !isBrief(file.size))) this.#speed.add(fresh, now);
    if (!isMetered) this.#speed.stop(now);
    if (fresh > 0 || event.status === 'download') this.#lastByteAt = now;
    if (fresh > 0) this.#currentFile = file.file;
  }

  /**
   * Plans the files in a list of Transformers.js 4. If a host hides `Content-Range`, that version reads every size as one byte.
   * A list with such a size is ignored, and so are all later lists if no list has been used before.
   */
  #applySizes({ name, total, files }: Extract<LoadEvent, { status: 'progress_total' }>): void {
    // The list is repeated with each chunk. It is new only if its sum has changed.
    if (!this.#trustsTotals || (total !== undefined && total === this.#listedTotal)) return;
    this.#listedTotal = total;
    const sizes = readSizes(files);
    if ([...sizes.values()].some((size) => size <= 1)) this.#trustsTotals = this.#ledger.hasPlan;
    else this.#ledger.plan(name, sizes);
  }

  #finish(end: 'ready' | 'failed', cause?: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cause = cause;
    const now = this.#clock.now();
    this.#setEnd(end, now);
    this.#notify(now);
  }

  #setEnd(end: 'ready' | 'failed', now: number): void {
    this.#end = end;
    if (end === 'ready') this.#ledger.complete();
    this.#speed.stop(now);
    this.#ratesAt = -Infinity;
  }

  #notify(now: number): void {
    if (this.#onAggregate) notify(this.#onAggregate, this.#snapshot(now, RATES_AGE), this.#clock);
  }

  #status(now: number): ProgressStatus {
    if (this.#end) return this.#end;
    if (this.#ledger.isPlanDone) return 'loading';
    if (this.#isShare) return this.#share.isLoading ? 'loading' : 'download';
    if (!this.#started) return 'waiting';
    if (!this.#ledger.areWeightsDone) return 'download';
    if (this.#ledger.sums.due === 0) return 'loading';
    // The weights are complete, and no file receives bytes. The missing files do not exist, or another load has fetched them.
    return now - this.#lastByteAt >= this.#stallAfter ? 'loading' : 'download';
  }

  /** The bytes that have arrived, in percent of those that are known to be needed. */
  get #knownPercent(): number | undefined {
    if (this.#isShare) return this.#share.percent;
    const { size, sums } = this.#ledger;
    // There is no percentage of 0 bytes.
    return size === 0 ? undefined : toPercent(sums.loaded, size);
  }

  #shownPercent(status: ProgressStatus): number | undefined {
    if (status === 'ready') return 100;
    if (status === 'loading' && this.#isShare) return this.#share.percent;
    // Without a plan, or while planned files are missing, more files may follow. The runtime's file may follow with an unknown size.
    if (status === 'loading') return this.#ledger.isFull ? 100 : undefined;
    return this.#percent.read(this.#knownPercent);
  }

  #readTimeLeft(isMoving: boolean, now: number): number | undefined {
    const { size, sums } = this.#ledger;
    if (size === undefined) return undefined;
    const remaining = Math.max(0, size - sums.loaded - sums.leftOnDevice);
    const pace = (span: number): number | undefined => this.#speed.pace(span);
    const transferTime = this.#speed.transferTime(now);
    return this.#timeLeft.read({ remaining, received: sums.loaded - sums.fromDevice, isMoving, pace, transferTime });
  }
}
