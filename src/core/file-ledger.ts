import { FileProgress } from './file-progress.js';
import type { PlanEntry } from './progress-info.js';

/** A file whose loading takes the time: the weights, not the small JSON beside them. */
const WEIGHTS = /\.onnx(_data(_\d+)?)?$/;

/** A file of the ONNX Runtime, which is fetched after the last file of the model. */
const RUNTIME = /^ort[\w.-]*\.wasm$/;

/** The files of one load: those planned and those that turned up. */
export class FileLedger {
  readonly #files = new Map<string, FileProgress>();
  #list: readonly FileProgress[] | undefined;
  #primaryName: string | undefined;
  readonly #planned = new Set<string>();
  readonly #isWatched: boolean;

  /** @param watched Whether the transfer layer sees every byte that comes from the network. */
  constructor(plan: readonly PlanEntry[] = [], watched = false) {
    this.#isWatched = watched;
    for (const { file, size, cached } of plan) {
      this.#add(file, new FileProgress(file, size, cached, watched));
      this.#planned.add(file);
    }
  }

  get files(): readonly FileProgress[] {
    // Asked for with every event, while files come and go seldom.
    return (this.#list ??= [...this.#files.values()]);
  }

  /** Whether anything said which files this load needs. */
  get hasPlan(): boolean {
    return this.#planned.size > 0;
  }

  /** Whether every file is one that was planned, and every size is known. */
  get isExact(): boolean {
    return this.hasPlan && this.#counted.every((file) => file.size !== undefined && this.#isPlanned(file));
  }

  /** The files that make up the total: all but a runtime's file that nobody had announced. */
  get #counted(): readonly FileProgress[] {
    return this.files.filter((file) => !RUNTIME.test(file.file) || this.#isPlanned(file));
  }

  /** The file that an event speaks of. Models with equally named files get one each. */
  find(name: string, file: string): FileProgress {
    this.#primaryName ??= name;
    const key = name === this.#primaryName ? file : `${name}/${file}`;
    let found = this.#files.get(key);
    if (!found) this.#add(key, (found = new FileProgress(key, undefined, false, this.#isWatched)));
    return found;
  }

  /** Adds files and sizes that the runtime knows. The first size that a file gets stays. */
  plan(sizes: ReadonlyMap<string, number>): void {
    for (const [file, size] of sizes) {
      const found = this.#files.get(file) ?? new FileProgress(file, undefined, false, this.#isWatched);
      found.plan(size);
      this.#add(file, found);
      this.#planned.add(file);
    }
  }

  /** Takes a plan in place of the one before. Files that have been asked for stay, whatever it says. */
  replacePlan(name: string, plan: readonly PlanEntry[]): void {
    this.#primaryName ??= name;
    this.#planned.clear();
    for (const { phase, file } of this.files) if (phase === 'waiting') this.#drop(file);
    for (const { file, size, cached } of plan) {
      const known = this.#files.get(file);
      if (!known) this.#add(file, new FileProgress(file, size, cached, this.#isWatched));
      else if (size !== undefined) known.plan(size);
      this.#planned.add(file);
    }
  }

  /** Bytes so far. */
  get loaded(): number {
    return this.#counted.reduce((sum, file) => sum + file.loaded, 0);
  }

  /** How many of them came from this device. */
  get loadedFromDevice(): number {
    return this.files.reduce((sum, { bytesFromDevice }) => sum + bytesFromDevice, 0);
  }

  /** Bytes that are on this device and still to be read, which takes no time that a link could tell. */
  get leftOnDevice(): number {
    return this.#counted.reduce((sum, { cached, size, loaded }) => sum + (cached && size !== undefined ? size - loaded : 0), 0);
  }

  /** Bytes in all, or `undefined` while a size, or which files there are, is unknown. */
  get size(): number | undefined {
    if (!this.hasPlan) return undefined;
    let sum = 0;
    for (const file of this.#counted) {
      // Asked for but without an answer and unplanned: an optional file that is not there looks like this for ever.
      if (file.phase === 'initiated' && !this.#isPlanned(file)) continue;
      if (file.size === undefined) return undefined;
      sum += file.size;
    }
    return sum;
  }

  /** Whether some file is between its headers and its last byte. */
  get isTransferring(): boolean {
    return this.#counted.some(({ phase }) => phase === 'download');
  }

  /** Whether every planned file is here and none is coming. */
  get isPlanDone(): boolean {
    return this.hasPlan && !this.isTransferring && this.#counted.every((file) => file.phase === 'done' || !this.#isPlanned(file));
  }

  /** Whether the weights are here and nothing is coming: all that can be said without a plan. */
  get areWeightsDone(): boolean {
    const weights = this.files.filter(({ file }) => WEIGHTS.test(file));
    return !this.isTransferring && weights.length > 0 && weights.every(({ phase }) => phase === 'done');
  }

  /** Whether a file that was planned, or announced, has not come. */
  get isAnyDue(): boolean {
    return this.#counted.some((file) => this.#isPlanned(file) && file.phase !== 'done');
  }

  #isPlanned(file: FileProgress): boolean {
    return this.#planned.has(file.file) || file.isExpected;
  }

  /** Drops what was planned or asked for and never came: the load is usable without it. */
  dropMissing(): void {
    for (const [key, { phase }] of this.#files) {
      if (phase === 'waiting' || phase === 'initiated') this.#drop(key);
    }
  }

  #add(key: string, file: FileProgress): void {
    this.#files.set(key, file);
    this.#list = undefined;
  }

  #drop(key: string): void {
    this.#files.delete(key);
    this.#list = undefined;
  }
}
