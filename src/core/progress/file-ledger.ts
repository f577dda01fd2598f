// In: an event of one file, and the plan. Out: the file that it belongs to, and the sums of all files.
import { FileProgress } from './file-progress.js';
import { fillPart, FileSums, type FileRole } from './file-sums.js';
import { toPercent, type FileProgressInfo, type PlanEntry } from './progress-info.js';
import type { FileEvent } from './progress-event.js';

const WEIGHTS = /\.onnx(_data(_\d+)?)?$/;

/** What is known of a file when its entry is made. */
interface FileTraits {
  /** Bytes of the whole file. */
  readonly size?: number | undefined;
  /** Whether it is on this device. */
  readonly cached?: boolean | undefined;
  /** Whether it belongs to the runtime: then it counts only once it is announced. */
  readonly isRuntime?: boolean | undefined;
}

/** One file with its role in the load. */
interface Entry extends FileRole {
  readonly file: FileProgress;
  /** Whether a plan lists it. */
  isListed: boolean;
  isPlanned: boolean;
  isCounted: boolean;
  /** The model and the file, as the events name them; `undefined` while only the plan of the page, which has no model, lists the file. */
  source: { readonly name: string; readonly file: string } | undefined;
  /** Its part of the sums. */
  part: FileSums;
  /** Its index in the list. */
  index: number;
}

/** The files of one load: planned ones, and others with events. */
export class FileLedger {
  /** Every file by its shown label. */
  readonly #entries = new Map<string, Entry>();
  /** Model → file → entry: two models may have files of the same name. */
  readonly #sources = new Map<string, Map<string, Entry>>();
  readonly #sums = new FileSums();
  /** Reused for each event, so that no event allocates an object. */
  #spare = new FileSums();
  readonly #hasTransfer: boolean;
  #listed = 0;
  #primaryName: string | undefined;
  #infos: FileProgressInfo[] = [];
  #list: readonly FileProgressInfo[] | undefined;
  readonly #changed = new Set<Entry>();
  #isReordered = false;

  /** @param hasTransfer Whether the transfer layer reports every byte from the network. */
  constructor(plan: readonly PlanEntry[] = [], hasTransfer = false) {
    this.#hasTransfer = hasTransfer;
    for (const planned of plan) this.#setListed(this.#entries.get(planned.file) ?? this.#add(planned.file, planned.file, planned), true);
  }

  /** The sums over all files. */
  get sums(): Readonly<FileSums> {
    return this.#sums;
  }

  /** How many files are known. */
  get count(): number {
    return this.#entries.size;
  }

  /** Whether a plan lists the files of this load. */
  get hasPlan(): boolean {
    return this.#listed > 0;
  }

  /** Whether every file is planned, and every size is exact. */
  get isExact(): boolean {
    return this.hasPlan && this.#sums.inexact === 0;
  }

  /** Bytes in all; `undefined` while the size of a file, or the list of files, is unknown. */
  get size(): number | undefined {
    return this.hasPlan && this.#sums.unsized === 0 ? this.#sums.size : undefined;
  }

  /** Whether bytes arrive, or the transfer layer waits for some. */
  get isOpen(): boolean {
    return this.#sums.transferring > 0 || this.#sums.awaited > 0;
  }

  /** Whether every planned file is complete, and no file receives bytes. */
  get isPlanDone(): boolean {
    return this.hasPlan && !this.isOpen && this.#sums.due === 0;
  }

  /** Whether every byte has arrived, also of the files that are not part of the plan. */
  get isFull(): boolean {
    return this.isPlanDone && this.#sums.uncounted === 0;
  }

  /** Whether the weights are complete, and no file receives bytes. Without a plan, nothing else shows the end of the load. */
  get areWeightsDone(): boolean {
    return !this.isOpen && this.#sums.weights > 0 && this.#sums.weightsLeft === 0;
  }

  /** Applies an event to its file. Returns the file and the new bytes. */
  apply(event: FileEvent): { readonly file: FileProgress; readonly fresh: number } {
    const isRuntime = event.status === 'transfer' && event.isRuntime;
    const entry = this.#find(event.name, event.file, { isRuntime });
    const { file } = entry;
    const fresh = file.apply(event);
    // A file that the server does not have leaves the plan.
    if (event.status === 'transfer' && event.phase === 'absent') this.#setListed(entry, false);
    else this.#settle(entry);
    return { file, fresh };
  }

  /** Adds files with the sizes that the runtime reports. The first size of a file is kept. */
  plan(name: string, sizes: ReadonlyMap<string, number>): void {
    for (const [file, size] of sizes) {
      const entry = this.#find(name, file);
      if (!entry.file.hasPlannedSize) entry.file.plan(size);
      this.#setListed(entry, true);
    }
  }

  /** Replaces the plan. Files that have been requested are kept, and so is a size that the new plan does not have. */
  replacePlan(name: string, plan: readonly PlanEntry[]): void {
    const sizes = new Map<string, number | undefined>();
    for (const [label, entry] of this.#entries) {
      // A plan does not remove a file that the transfer layer has announced.
      if (entry.file.phase === 'waiting' && !entry.file.isExpected) {
        sizes.set(label, entry.file.size);
        this.#drop(label, entry);
      } else this.#setListed(entry, false);
    }
    for (const { file, size, cached } of plan) {
      const entry = this.#find(name, file, { size, cached });
      const known = size ?? sizes.get(entry.file.file);
      if (known !== undefined) entry.file.plan(known);
      this.#setListed(entry, true);
    }
  }

  /** Ends the load: all of its files are complete. Planned or requested files without a byte are removed. */
  complete(): void {
    for (const [label, entry] of this.#entries) {
      if (entry.file.phase === 'waiting' || entry.file.phase === 'initiated') this.#drop(label, entry);
      else {
        entry.file.done();
        this.#settle(entry);
      }
    }
  }

  /** Returns the progress of every file, in the order of its first event or plan. @param end The end of the load; `undefined` before. */
  describe(end: 'ready' | 'failed' | undefined): readonly FileProgressInfo[] {
    if (end) return Object.freeze([...this.#entries.values()].map(({ file }) => describe(file, end)));
    if (this.#isReordered) this.#reorder();
    if (this.#changed.size > 0) this.#list = undefined;
    for (const entry of this.#changed) this.#infos[entry.index] = describe(entry.file, end);
    this.#changed.clear();
    return (this.#list ??= Object.freeze(this.#infos.slice()));
  }

  /** Returns the entry of a file. A new entry gets a label that no other file has. */
  #find(name: string, file: string, traits: FileTraits = {}): Entry {
    this.#primaryName ??= name;
    let files = this.#sources.get(name);
    if (!files) this.#sources.set(name, (files = new Map<string, Entry>()));
    let entry = files.get(file);
    if (entry) return entry;
    let label = name === this.#primaryName ? file : `${name}/${file}`;
    while (this.#entries.get(label)?.source) label = `${name}/${label}`;
    entry = this.#entries.get(label) ?? this.#add(label, file, traits);
    entry.source = { name, file };
    files.set(file, entry);
    return entry;
  }

  #add(label: string, name: string, { size, cached, isRuntime }: FileTraits): Entry {
    const file = new FileProgress(label, size, cached, this.#hasTransfer);
    const entry: Entry = {
      file,
      isListed: false,
      isPlanned: false,
      isCounted: !isRuntime,
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

  /** Assigns new indexes to all files after one was removed. */
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

  /** Updates the sums after a change of a file. */
  #settle(entry: Entry): void {
    const { file, part } = entry;
    entry.isPlanned = entry.isListed || file.isExpected;
    // Once a file of the runtime has been announced, it counts until the end, so that shown bytes do not vanish.
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
