/** Where one file stands. `download` covers network and cache alike: the runtimes do not tell them apart. */
export type FilePhase = 'waiting' | 'initiated' | 'download' | 'done';

/** The bytes of one file, told from events that repeat, lie about totals or come late. */
export class FileProgress {
  readonly file: string;
  /** Read from this device, as the plan says. */
  readonly cached: boolean;

  #phase: FilePhase = 'waiting';
  #loaded = 0;
  #planned: number | undefined;
  #declared: number | undefined;
  #totalGrows = false;
  #lastEqualTotal: number | undefined;

  constructor(file: string, planned?: number, cached = false) {
    this.file = file;
    this.cached = cached;
    this.#planned = planned;
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

  /** Ends the file and returns bytes that no event had told of. */
  done(): number {
    if (this.#phase === 'done') return 0;
    const declared = this.#believedTotal;
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
