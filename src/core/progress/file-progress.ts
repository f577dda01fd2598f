// In: the events of one file. Out: its bytes, its total and its status.
import type { TransferSignal } from './signals.js';
import type { FileEvent } from './progress-event.js';

/** The step of one file. In `download` its bytes come from the network or from a cache: the runtimes do not distinguish these. */
export type FilePhase = 'waiting' | 'initiated' | 'download' | 'done';

/** Counts the bytes of one file by events that may repeat, have wrong totals or arrive late. */
export class FileProgress {
  readonly file: string;

  readonly #plannedAsCached: boolean;
  readonly #hasTransfer: boolean;
  #isExpected = false;
  #transferred = false;
  /** The phase of its transfer while bytes are missing; `undefined` without a transfer. */
  #open: 'waiting' | 'receiving' | undefined;
  #stored = 0;
  #exact: number | undefined;
  /** A size that the transfer layer has read from a response that may be encoded. */
  #estimate: number | undefined;
  #phase: FilePhase = 'waiting';
  #loaded = 0;
  #planned: number | undefined;
  #declared: number | undefined;
  #totalGrows = false;
  #lastEqualTotal: number | undefined;

  /**
   * @param cached Whether the plan lists it as stored on this device.
   * @param hasTransfer Whether the transfer layer reports every byte from the network.
   */
  constructor(file: string, planned?: number, cached = false, hasTransfer = false) {
    this.file = file;
    this.#plannedAsCached = cached;
    this.#hasTransfer = hasTransfer;
    this.#planned = planned;
  }

  /** Whether the transfer layer has announced it with its size. */
  get isExpected(): boolean {
    return this.#isExpected;
  }

  /** Whether the file is read from this device. The transfer layer shows it by reporting no bytes of the file; without it, the plan does. */
  get cached(): boolean {
    if (this.#transferred) return false;
    return this.#hasTransfer ? this.#phase === 'download' || this.#phase === 'done' : this.#plannedAsCached;
  }

  /** How many of its bytes came from this device. */
  get bytesFromDevice(): number {
    return this.cached ? this.#loaded : this.#stored;
  }

  /** Whether it receives bytes from the network at this moment. */
  get isReceiving(): boolean {
    return this.#transferred ? this.#open === 'receiving' : !this.#hasTransfer && this.#phase === 'download' && !this.cached;
  }

  /** Whether the transfer layer has requested it, and it is not complete. */
  get isAwaited(): boolean {
    return this.#open !== undefined && this.#phase !== 'done';
  }

  get phase(): FilePhase {
    return this.#phase;
  }

  /** Bytes so far; never decreases. */
  get loaded(): number {
    return this.#loaded;
  }

  /** Bytes of the whole file; `undefined` while no reliable source names them. */
  get size(): number | undefined {
    if (this.#phase === 'done') return this.#loaded;
    return this.#exactSize ?? (this.#loaded <= (this.#estimate ?? -1) ? this.#estimate : this.#believedTotal);
  }

  /** Whether its `size` is certain: from a plan or a checked response, not from a response that may be encoded. */
  isExact(size: number | undefined): boolean {
    return this.#phase === 'done' || (size !== undefined && (size === this.#planned || size === this.#exact));
  }

  /** Whether a plan has named its size. */
  get hasPlannedSize(): boolean {
    return this.#planned !== undefined;
  }

  /** Sets the planned size. */
  plan(size: number): void {
    this.#planned = size;
  }

  /** Applies an event, and returns the number of new bytes. For an event of the transfer layer, only bytes from the network count. */
  apply(event: FileEvent): number {
    switch (event.status) {
      case 'initiate':
        this.initiate();
        return 0;
      case 'download':
        this.download();
        return 0;
      case 'progress':
        return this.progress(event.loaded, event.total);
      case 'transfer':
        return this.transfer(event);
      case 'done':
        return this.done();
    }
  }

  initiate(): void {
    if (this.#phase === 'waiting') this.#phase = 'initiated';
  }

  download(): void {
    if (this.#phase !== 'done') this.#phase = 'download';
  }

  /** Applies a progress event and returns the new bytes. */
  progress(loaded: number, total: number | undefined): number {
    this.download();
    // With a processor, Transformers.js 3 reads a complete file again. Its bytes are counted already.
    if (this.#phase === 'done') return 0;
    this.#readTotal(loaded, total);
    const fresh = Math.max(0, loaded - this.#loaded);
    this.#loaded += fresh;
    return fresh;
  }

  /** Applies a signal of the transfer layer and returns the new bytes from the network. */
  transfer({ phase, loaded, stored, total, totalIsExact }: TransferSignal): number {
    if (totalIsExact === false) this.#estimate = total ?? this.#estimate;
    if (phase === 'planned') {
      this.#isExpected = total !== undefined;
      if (totalIsExact !== false) this.#planned ??= total;
      return 0;
    }
    this.#open = phase === 'waiting' || phase === 'receiving' ? phase : undefined;
    if (phase === 'absent') {
      this.#isExpected = false;
      this.initiate();
      return 0;
    }
    this.#transferred = true;
    if (this.#phase === 'done') return 0;
    if (phase === 'waiting' && loaded === 0) this.initiate();
    else this.download();
    if (totalIsExact !== false) this.#exact = total ?? this.#exact;
    const fresh = Math.max(0, loaded - this.#loaded);
    const freshStored = Math.max(0, stored - this.#stored);
    this.#loaded += fresh;
    this.#stored += freshStored;
    if (phase === 'done') this.#phase = 'done';
    return Math.max(0, fresh - freshStored);
  }

  /** Ends the file and returns the bytes that no event has reported. */
  done(): number {
    if (this.#phase === 'done') return 0;
    // The runtime may have read the end of its file before the transfer layer has, which reads a copy.
    const planned = this.#isExpected || this.#loaded === 0 ? this.#planned : undefined;
    const final = Math.max(this.#loaded, this.#exact ?? this.#believedTotal ?? planned ?? 0);
    const fresh = final - this.#loaded;
    this.#loaded = final;
    this.#phase = 'done';
    return fresh;
  }

  get #exactSize(): number | undefined {
    if (this.#exact !== undefined && this.#loaded <= this.#exact) return this.#exact;
    // A declared total below the planned size may count compressed bytes, while `loaded` counts decoded ones.
    const isOutgrown = Math.max(this.#loaded, this.#believedTotal ?? 0) > (this.#planned ?? 0);
    return isOutgrown ? undefined : this.#planned;
  }

  get #believedTotal(): number | undefined {
    const outgrown = this.#totalGrows || this.#loaded > (this.#declared ?? Infinity);
    return outgrown ? undefined : this.#declared;
  }

  /**
   * Without `Content-Length` the runtimes set the total to the bytes so far, and a compressed body exceeds its declared
   * total. In both cases the total changes, and then it is not used.
   */
  #readTotal(loaded: number, total: number | undefined): void {
    if (total === undefined) return;
    if (total > loaded) {
      this.#declared ??= total;
      if (this.#declared !== total) this.#totalGrows = true;
    } else if (this.#declared === undefined) {
      if (this.#lastEqualTotal !== undefined && total > this.#lastEqualTotal) this.#totalGrows = true;
      this.#lastEqualTotal = total;
    }
  }
}
