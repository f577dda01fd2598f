import type { TransferSignal } from './transfer-signal.js';

/** Where one file stands. `download` covers network and cache alike: the runtimes do not tell them apart. */
export type FilePhase = 'waiting' | 'initiated' | 'download' | 'done';

/** The bytes of one file, told from events that repeat, lie about totals or come late. */
export class FileProgress {
  readonly file: string;

  readonly #plannedAsCached: boolean;
  readonly #isWatched: boolean;
  #isExpected = false;
  #transferred = false;
  #receiving = false;
  #stored = 0;
  #exact: number | undefined;
  #phase: FilePhase = 'waiting';
  #loaded = 0;
  #planned: number | undefined;
  #declared: number | undefined;
  #totalGrows = false;
  #lastEqualTotal: number | undefined;

  /**
   * @param cached Whether the plan says that it is on this device.
   * @param watched Whether the transfer layer sees every byte that comes from the network.
   */
  constructor(file: string, planned?: number, cached = false, watched = false) {
    this.file = file;
    this.#plannedAsCached = cached;
    this.#isWatched = watched;
    this.#planned = planned;
  }

  /** Whether the transfer layer had announced it with its size. */
  get isExpected(): boolean {
    return this.#isExpected;
  }

  /** Whether it is read from this device: the plan says so, or bytes come that the network did not send. */
  get cached(): boolean {
    if (this.#transferred) return false;
    return this.#isWatched ? this.#phase === 'download' || this.#phase === 'done' : this.#plannedAsCached;
  }

  /** How many of its bytes came from this device. */
  get bytesFromDevice(): number {
    return this.cached ? this.#loaded : this.#stored;
  }

  /** Whether bytes of it are coming from the network at this moment. */
  get isReceiving(): boolean {
    return this.#transferred ? this.#receiving : !this.#isWatched && this.#phase === 'download' && !this.cached;
  }

  get phase(): FilePhase {
    return this.#phase;
  }

  /** Bytes so far; never falls. */
  get loaded(): number {
    return this.#loaded;
  }

  /** Bytes of the whole file, or `undefined` while no source of it can be believed. */
  get size(): number | undefined {
    if (this.#phase === 'done') return this.#loaded;
    if (this.#exact !== undefined) return this.#exact;
    const declared = this.#believedTotal;
    if (this.#planned === undefined) return declared;
    if (declared !== undefined && declared > this.#planned) return declared;
    // A declared total below the plan may be that of a compressed body, which counts decoded bytes.
    return this.#loaded <= this.#planned ? this.#planned : undefined;
  }

  /** Gives the planned size of a file that had none. */
  plan(size: number): void {
    this.#planned ??= size;
  }

  initiate(): void {
    if (this.#phase === 'waiting') this.#phase = 'initiated';
  }

  download(): void {
    if (this.#phase !== 'done') this.#phase = 'download';
  }

  /** Takes a progress event and returns the bytes that are new. */
  progress(loaded: number, total: number | undefined): number {
    this.download();
    // A finished file that is read again (version 3 with a processor) is here already.
    if (this.#phase === 'done') return 0;
    this.#readTotal(loaded, total);
    const fresh = Math.max(0, loaded - this.#loaded);
    this.#loaded += fresh;
    return fresh;
  }

  /** Takes what the transfer layer says and returns the bytes that came from the network. */
  transfer({ phase, loaded, stored, total }: TransferSignal): number {
    if (phase === 'planned') {
      this.#isExpected = total !== undefined;
      this.#planned ??= total;
      return 0;
    }
    this.#transferred = true;
    this.#receiving = phase === 'receiving';
    if (this.#phase === 'done') return 0;
    if (phase === 'waiting' && loaded === 0) this.initiate();
    else this.download();
    this.#exact = total ?? this.#exact;
    const fresh = Math.max(0, loaded - this.#loaded);
    const freshStored = Math.max(0, stored - this.#stored);
    this.#loaded += fresh;
    this.#stored += freshStored;
    if (phase === 'done') this.#phase = 'done';
    return Math.max(0, fresh - freshStored);
  }

  /** Ends the file and returns bytes that no event had told of. */
  done(): number {
    if (this.#phase === 'done') return 0;
    const declared = this.#exact ?? this.#believedTotal;
    const final = Math.max(this.#loaded, declared ?? (this.#loaded === 0 ? (this.#planned ?? 0) : 0));
    const fresh = final - this.#loaded;
    this.#loaded = final;
    this.#phase = 'done';
    return fresh;
  }

  get #believedTotal(): number | undefined {
    const outgrown = this.#totalGrows || this.#loaded > (this.#declared ?? Infinity);
    return outgrown ? undefined : this.#declared;
  }

  /**
   * Without `Content-Length` the runtimes set the total to the bytes so far, and a compressed
   * body outgrows the total it declared. Either way the total moves, and then it is no total.
   */
  #readTotal(loaded: number, total: number | undefined): void {
    if (total === undefined) return;
    if (total > loaded) {
      if (this.#declared !== undefined && this.#declared !== total) this.#totalGrows = true;
      this.#declared ??= total;
      return;
    }
    if (this.#declared !== undefined) {
      if (total > this.#declared) this.#totalGrows = true;
      return;
    }
    if (this.#lastEqualTotal !== undefined && total > this.#lastEqualTotal) this.#totalGrows = true;
    this.#lastEqualTotal = total;
  }
}
