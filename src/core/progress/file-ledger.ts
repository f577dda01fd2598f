// In: an event of one file, and the plan. Out: the file that it belongs to, and the sums of all files.
import { FileProgress } from './file-progress.js';
import { fillPart, FileSums, type FileRole } from './file-sums.js';
import { toPercent, type FileProgressInfo, type PlanEntry } from './progress-info.js';
import type { FileEvent } from './progress-event.js';

const WEIGHTS = /\.onnx(_data(_\d+)?)?$/;

/** A file of the ONNX Runtime, which is fetched after the last file of the model. */
const RUNTIME = /^ort[\w.-]*\.wasm$/;

/** One file with its place in the load. */
interface Entry extends FileRole {
  readonly file: FileProgress;
  /** Whether a plan names it. */
  isListed: boolean;
  isPlanned: boolean;
  isCounted: boolean;
  /** The model and the file of the events about it; `undefined` while only a plan without a model's name knows it. */
  source: { readonly name: string; readonly file: string } | undefined;
  /** What it adds to the sums at the moment. */
  part: FileSums;
  /** Its place in the list. */
  index: number;
}

/** The files of one load: those planned and those that turned up. */
export class FileLedger {
  /** Every file by the label under which it is shown. */
  readonly #entries = new Map<string, Entry>();
  /** Model → file → entry: two models may have files of the same name. */
  readonly #sources = new Map<string, Map<string, Entry>>();
  readonly #sums = new FileSums();
  /** Filled anew with each event, so that none makes an object. */
  #spare = new FileSums();
  readonly #hasTransfer: boolean;
  #listed = 0;
  #primaryName: string | undefined;
  #infos: FileProgressInfo[] = [];
  #list: readonly FileProgressInfo[] | undefined;
  readonly #changed = new Set<Entry>();
  #isReordered = false;

  /** @param watched Whether the transfer layer sees every byte that comes from the network. */
  constructor(plan: readonly PlanEntry[] = [], watched = false) {
    this.#hasTransfer = watched;
    for (const { file, size, cached } of plan) this.#setListed(this.#entries.get(file) ?? this.#add(file, file, size, cached), true);
  }

  /** The sums over all files. */
  get sums(): Readonly<FileSums> {
    return this.#sums;
  }

  /** How many files are known. */
  get count(): number {
    return this.#entries.size;
  }

  /** Whether a plan says which files this load needs. */
  get hasPlan(): boolean {
    return this.#listed > 0;
  }

  /** Whether every file is one that was planned, and every size is exact. */
  get isExact(): boolean {
    return this.hasPlan && this.#sums.inexact === 0;
  }

  /** Bytes in all, or `undefined` while a size, or which files there are, is unknown. */
  get size(): number | undefined {
    return this.hasPlan && this.#sums.unsized === 0 ? this.#sums.size : undefined;
  }

  /** Whether bytes are coming, or the transfer layer waits for some. */
  get isOpen(): boolean {
    return this.#sums.transferring > 0 || this.#sums.awaited > 0;
  }

  /** Whether every planned file is here and none is coming. */
  get isPlanDone(): boolean {
    return this.hasPlan && !this.isOpen && this.#sums.due === 0;
  }

  /** Whether the weights are here and nothing is coming: all that can be said without a plan. */
  get areWeightsDone(): boolean {
    return !this.isOpen && this.#sums.weights > 0 && this.#sums.weightsLeft === 0;
  }

  /** Applies an event to its file. Returns the file, and the bytes that the event has brought. */
  apply(event: FileEvent): { readonly file: FileProgress; readonly fresh: number } {
    const entry = this.#find(event.name, event.file);
    const { file } = entry;
    const fresh = file.apply(event);
    // A file that the server does not have leaves the plan.
    if (event.status === 'transfer' && event.phase === 'absent') this.#setListed(entry, false);
    else this.#settle(entry);
    return { file, fresh };
  }

  /** Adds files and sizes that the runtime knows. The first size that a file gets stays. */
  plan(name: string, sizes: ReadonlyMap<string, number>): void {
    for (const [file, size] of sizes) {
      const entry = this.#find(name, file);
      if (!entry.file.hasPlannedSize) entry.file.plan(size);
      this.#setListed(entry, true);
    }
  }

  /** Takes a plan in place of the one before. Files that have been asked for stay, whatever it says. */
  replacePlan(name: string, plan: readonly PlanEntry[]): void {
    for (const [label, entry] of this.#entries) {
      // What the transfer layer has announced is no matter of a plan.
      if (entry.file.phase === 'waiting' && !entry.file.isExpected) this.#drop(label, entry);
      else this.#setListed(entry, false);
    }
    for (const { file, size, cached } of plan) {
      const entry = this.#find(name, file, size, cached);
      if (size !== undefined) entry.file.plan(size);
      this.#setListed(entry, true);
    }
  }

  /** Ends the load: its files are all here. What was planned or asked for and never came leaves it. */
  complete(): void {
    for (const [label, entry] of this.#entries) {
      if (entry.file.phase === 'waiting' || entry.file.phase === 'initiated') this.#drop(label, entry);
      else {
        entry.file.done();
        this.#settle(entry);
      }
    }
  }

  /** Every file, in the order in which it became known. `end` is how the load has ended, if it has. */
  describe(end: 'ready' | 'failed' | undefined): readonly FileProgressInfo[] {
    if (end) return Object.freeze([...this.#entries.values()].map(({ file }) => describe(file, end)));
    if (this.#isReordered) this.#reorder();
    if (this.#changed.size > 0) this.#list = undefined;
    for (const entry of this.#changed) this.#infos[entry.index] = describe(entry.file, end);
    this.#changed.clear();
    return (this.#list ??= Object.freeze(this.#infos.slice()));
  }

  /** The entry of a file, under a label that no other file has. */
  #find(name: string, file: string, size?: number, cached?: boolean): Entry {
    this.#primaryName ??= name;
    let files = this.#sources.get(name);
    if (!files) this.#sources.set(name, (files = new Map<string, Entry>()));
    let entry = files.get(file);
    if (entry) return entry;
    let label = name === this.#primaryName ? file : `${name}/${file}`;
    while (this.#entries.get(label)?.source) label = `${name}/${label}`;
    entry = this.#entries.get(label) ?? this.#add(label, file, size, cached);
    entry.source = { name, file };
    files.set(file, entry);
    return entry;
  }

  #add(label: string, name: string, size?: number, cached?: boolean): Entry {
    const file = new FileProgress(label, size, cached, this.#hasTransfer);
    const entry: Entry = {
      file,
      isListed: false,
      isPlanned: false,
      isCounted: !RUNTIME.test(name),
      isWeights: WEIGHTS.test(name),
      source: undefined,
      part: new FileSums(),
      index: this.#entries.size,
    };
    this.#entries.set(label, entry);
    this.#settle(entry);
    return entry;
  }

  #drop(label: string, entry: Entry): void {
    this.#setListed(entry, false);
    this.#sums.replace(entry.part, new FileSums());
    this.#entries.delete(label);
    if (entry.source) this.#sources.get(entry.source.name)?.delete(entry.source.file);
    this.#isReordered = true;
  }

  /** Gives every file its place anew, after one has left. */
  #reorder(): void {
    this.#infos = [];
    this.#changed.clear();
    for (const entry of this.#entries.values()) {
      entry.index = this.#changed.size;
      this.#changed.add(entry);
    }
    this.#isReordered = false;
    this.#list = undefined;
  }

  #setListed(entry: Entry, isListed: boolean): void {
    if (entry.isListed !== isListed) this.#listed += isListed ? 1 : -1;
    entry.isListed = isListed;
    this.#settle(entry);
  }

  /** Brings the sums up to date with a file that has changed. */
  #settle(entry: Entry): void {
    const { file, part } = entry;
    entry.isPlanned = entry.isListed || file.isExpected;
    // A runtime's file counts where it was announced, and then for good: bytes that were shown do not vanish.
    entry.isCounted ||= entry.isPlanned;
    fillPart(this.#spare, file, entry);
    this.#sums.replace(part, this.#spare);
    entry.part = this.#spare;
    this.#spare = part;
    this.#changed.add(entry);
  }
}

function describe({ file, phase, loaded, size, cached }: FileProgress, end: 'ready' | 'failed' | undefined): FileProgressInfo {
  const own = phase === 'done' ? 'loading' : phase === 'download' ? 'download' : 'waiting';
  const status = end === 'ready' || (end === 'failed' && own === 'download') ? end : own;
  return Object.freeze({ file, status, progress: toPercent(loaded, size), loaded, total: size, cached });
}
