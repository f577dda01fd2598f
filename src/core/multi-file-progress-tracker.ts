import type { Clock } from './clock.js';
import { FileLedger } from './file-ledger.js';
import type { FileProgress } from './file-progress.js';
import { notify } from './notify.js';
import {
  percentOf,
  type AggregateProgressInfo,
  type FileProgressInfo,
  type PlanEntry,
  type ProgressStatus,
} from './progress-info.js';
import { ShareProgress } from './share-progress.js';
import { SpeedMeter } from './speed-meter.js';
import { systemClock } from './system-clock.js';
import { TimeLeft } from './time-left.js';
import { parseTransformersEvent, type TransformersEvent } from './transformers-event.js';

/** Settings of a {@link MultiFileProgressTracker}. */
export interface MultiFileProgressTrackerOptions {
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
  /** The files this load needs; `undefined` when nobody knows, and then there is no percentage. */
  readonly plan?: readonly PlanEntry[] | undefined;
  /** Silence, in ms, after which a download counts as stalled. Default 5,000. */
  readonly stallAfter?: number | undefined;
  /**
   * Whether the transfer layer tells of every byte that comes from the network. Then a file of
   * which only the runtime tells is read from this device. Default `false`.
   */
  readonly watched?: boolean | undefined;
}

/**
 * A file of no more bytes than this tells how far away a server is, not how fast a link: Chromium's
 * estimate of a network's quality leaves such out, too.
 */
const BRIEF = 32_000;

/** Follows all files of one attempt to load a model. A new attempt takes a new tracker. */
export class MultiFileProgressTracker {
  readonly #onAggregate: ((info: AggregateProgressInfo) => void) | undefined;
  readonly #clock: Clock;
  readonly #stallAfter: number;
  readonly #ledger: FileLedger;
  readonly #speed = new SpeedMeter();
  readonly #timeLeft = new TimeLeft();
  readonly #share = new ShareProgress();
  #trustsTotals: boolean;
  #currentFile: string | undefined;
  #started = false;
  #lastByteAt: number;
  #highest = 0;
  #end: 'ready' | 'failed' | undefined;
  #cause: unknown;

  /** @param onAggregate Called with each change. What it throws surfaces as an uncaught error. */
  constructor(onAggregate?: (info: AggregateProgressInfo) => void, options: MultiFileProgressTrackerOptions = {}) {
    const { clock = systemClock, plan, stallAfter = 5_000, watched } = options;
    this.#onAggregate = onAggregate;
    this.#clock = clock;
    this.#stallAfter = stallAfter;
    this.#ledger = new FileLedger(plan, watched);
    // A plan of the page is the better source; the runtime's list is for loads without one.
    this.#trustsTotals = !this.#ledger.hasPlan;
    this.#lastByteAt = clock.now();
  }

  /** Takes an event of `progress_callback`. Anything unusable is passed over; nothing is thrown. */
  handleFileProgress(message: unknown): void {
    const event = parseTransformersEvent(message);
    if (!event || this.#end) return;
    this.#take(event);
    if (this.#onAggregate) notify(this.#onAggregate, this.getSnapshot(), this.#clock);
  }

  /** Says that the model is usable. Files that never came leave the plan. */
  complete(): void {
    this.#finish('ready');
  }

  /** Says that the load broke by `cause`. The bytes so far stay as they are. */
  error(cause?: unknown): void {
    this.#cause = this.#end ? this.#cause : cause;
    this.#finish('failed');
  }

  /** The progress as of the clock's now: silence since the last event is part of it. */
  getSnapshot(): AggregateProgressInfo {
    const now = this.#clock.now();
    const { files } = this.#ledger;
    const status = this.#status(now);
    const totalDownloaded = this.#ledger.loaded;
    // A model known by a share has bytes, too, but nobody knows how many.
    const totalSize = status === 'ready' && !this.#isShare ? totalDownloaded : this.#ledger.size;
    const isMetered = status === 'download' && !this.#isShare;
    // How often a runtime tells a share is its own affair: silence says nothing of the connection.
    const stalled = isMetered && now - this.#lastByteAt >= this.#stallAfter;
    const speed = isMetered ? (stalled ? 0 : this.#speed.bytesPerSecond(now)) : undefined;
    const bytesFromCache = this.#ledger.loadedFromDevice;
    return Object.freeze({
      status,
      overallProgress: this.#percent(status, totalDownloaded, totalSize),
      filesCompleted: files.filter(({ phase }) => phase === 'done').length,
      totalFiles: files.length,
      currentFile: this.#currentFile,
      totalDownloaded,
      totalSize,
      totalIsExact: (status === 'ready' && !this.#isShare) || this.#ledger.isExact,
      files: Object.freeze(files.map((file) => this.#describe(file, status))),
      speed,
      timeRemaining: this.#isShare ? this.#share.timeLeft(now, this.#stallAfter) : this.#readTimeLeft(status === 'download' && !stalled, now),
      bytesFromCache,
      bytesFromNetwork: totalDownloaded - bytesFromCache,
      stalled,
      error: this.#cause,
    });
  }

  /** Whether a share is all that is known. */
  get #isShare(): boolean {
    return this.#share.isKnown && !this.#started;
  }

  #take(event: TransformersEvent): void {
    if (event.status === 'ready') {
      this.complete();
    } else if (event.status === 'progress_total') {
      this.#takeSizes(event.sizes);
    } else if (event.status === 'share') {
      this.#share.take(event, this.#clock.now());
      this.#currentFile = event.file ?? this.#currentFile;
      this.#rememberHighest();
    } else if (event.status === 'plan') {
      // Whoever planned has looked at everything that the runtime's own list leaves out.
      this.#trustsTotals = event.files.length === 0;
      this.#ledger.replacePlan(event.name, event.files);
    } else {
      const file = this.#ledger.find(event.name, event.file);
      const fresh = this.#takeFileEvent(file, event);
      const now = this.#clock.now();
      if (file.phase === 'download' || file.phase === 'done') this.#started = true;
      this.#meter(file, fresh, now);
      if (fresh > 0 || event.status === 'download') this.#lastByteAt = now;
      if (fresh > 0) this.#currentFile = file.file;
      this.#rememberHighest();
    }
  }

  #takeFileEvent(file: FileProgress, event: Extract<TransformersEvent, { file: string }>): number {
    switch (event.status) {
      case 'initiate':
        file.initiate();
        return 0;
      case 'download':
        file.download();
        return 0;
      case 'progress':
        return file.progress(event.loaded, event.total);
      case 'transfer':
        return file.transfer(event);
      case 'done':
        return file.done();
    }
  }

  #meter(file: FileProgress, fresh: number, now: number): void {
    const isMetered = this.#ledger.files.some((other) => other.isReceiving && !isBrief(other));
    if (isMetered) this.#speed.start(now);
    // The event that ends a file may tell of its last bytes.
    if (fresh > 0 && !file.cached && (isMetered || !isBrief(file))) this.#speed.add(fresh, now);
    if (!isMetered) this.#speed.stop(now);
  }

  /**
   * Where a host hides `Content-Range`, version 4 reads every size as one byte. One such size makes
   * the whole list worthless, for good.
   */
  #takeSizes(sizes: ReadonlyMap<string, number>): void {
    if ([...sizes.values()].some((size) => size <= 1)) this.#trustsTotals &&= this.#ledger.hasPlan;
    if (this.#trustsTotals && ![...sizes.values()].some((size) => size <= 1)) this.#ledger.plan(sizes);
  }

  #finish(end: 'ready' | 'failed'): void {
    if (this.#end) return;
    this.#end = end;
    if (end === 'ready') {
      this.#ledger.dropMissing();
      for (const file of this.#ledger.files) file.done();
    }
    this.#speed.stop(this.#clock.now());
    if (this.#onAggregate) notify(this.#onAggregate, this.getSnapshot(), this.#clock);
  }

  #status(now: number): ProgressStatus {
    if (this.#end) return this.#end;
    if (this.#ledger.isPlanDone) return 'loading';
    if (this.#isShare) return this.#share.isLoading ? 'loading' : 'download';
    if (!this.#started) return 'waiting';
    if (!this.#ledger.areWeightsDone) return 'download';
    if (!this.#ledger.isAnyDue) return 'loading';
    // The weights are here and the rest has been silent: files that are not there do not come, nor does
    // a runtime that another load has brought meanwhile.
    return now - this.#lastByteAt >= this.#stallAfter ? 'loading' : 'download';
  }

  #rememberHighest(): void {
    const size = this.#ledger.size;
    const percent = this.#isShare ? this.#share.percent : percentOf(this.#ledger.loaded, size);
    this.#highest = Math.max(this.#highest, percent ?? 0);
  }

  #percent(status: ProgressStatus, loaded: number, total: number | undefined): number | undefined {
    if (status === 'ready') return 100;
    if (status === 'loading' && this.#isShare) return this.#share.percent;
    // Without a plan, or with one that has not come whole, nobody knows whether more is to come.
    if (status === 'loading') return this.#ledger.isPlanDone ? 100 : undefined;
    const percent = this.#isShare ? this.#share.percent : percentOf(loaded, total);
    if (percent === undefined) return undefined;
    const shown = Math.max(percent, this.#highest);
    // Full while bytes are missing: the plan was too short, and no number is true.
    return shown >= 100 ? undefined : shown;
  }

  #readTimeLeft(isMoving: boolean, now: number): number | undefined {
    const { size, loaded, loadedFromDevice, leftOnDevice } = this.#ledger;
    if (size === undefined) return undefined;
    const remaining = Math.max(0, size - loaded - leftOnDevice);
    const pace = (span: number): number | undefined => this.#speed.pace(span);
    const transferTime = this.#speed.transferTime(now);
    return this.#timeLeft.read({ remaining, received: loaded - loadedFromDevice, isMoving, pace, transferTime });
  }

  #describe({ file, phase, loaded, size, cached }: FileProgress, status: ProgressStatus): FileProgressInfo {
    const own = phase === 'done' ? 'loading' : phase === 'download' ? 'download' : 'waiting';
    const ended = status === 'ready' || (status === 'failed' && own === 'download') ? status : own;
    return Object.freeze({ file, status: ended, progress: percentOf(loaded, size), loaded, total: size, cached });
  }
}

function isBrief({ size }: FileProgress): boolean {
  return size !== undefined && size <= BRIEF;
}
