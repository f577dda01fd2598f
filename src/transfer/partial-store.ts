/** What is held of one file that has not come whole. */
export interface PartialFile {
  /** The address it is downloaded from. */
  readonly url: string;
  /** Bytes held, from the first on without a gap. */
  readonly length: number;
  /** Bytes of the whole file; `undefined` while unknown. */
  readonly total: number | undefined;
  /** What the server calls this version of the file; `undefined` where it does not say, or may not be read. */
  readonly validator: string | undefined;
  /** When the newest of these bytes was kept, in ms since 1970. */
  readonly keptAt: number;
}

/** A run of bytes to be kept. */
export interface Segment extends Pick<PartialFile, 'url' | 'total' | 'validator' | 'keptAt'> {
  /** The place of its first byte in the file. */
  readonly start: number;
  /** What is kept of it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The port to where unfinished files outlive a broken connection, a reload or a crash. */
export interface PartialStore {
  /** What is held of a file, or `undefined` when there is nothing. */
  find(url: string): Promise<PartialFile | undefined>;
  /**
   * Keeps a segment that follows on what is held. One of another version, or that leaves a gap,
   * takes the place of what was held. Its bytes are written over once the promise has settled.
   *
   * @throws QuotaExceededError when there is no room for it.
   */
  append(segment: Segment): Promise<void>;
  /** The bytes that are held of a file from `start` on, up to `end` or to the last. */
  read(url: string, start: number, end?: number): AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** Drops what is held of a file. */
  delete(url: string): Promise<void>;
  /** Everything that is held. */
  list(): Promise<readonly PartialFile[]>;
}

/** One segment as a store finds it again. */
export interface StoredSegment extends Omit<PartialFile, 'length'> {
  readonly start: number;
  readonly end: number;
}

/** Whether a segment is the next one of what ends with another. */
export function follows(
  { start, total, validator }: Pick<StoredSegment, 'start' | 'total' | 'validator'>,
  last: Pick<StoredSegment, 'end' | 'total' | 'validator'> | undefined,
): boolean {
  return start === last?.end && total === last.total && validator === last.validator;
}

/** The segments of one file that are of its newest version and follow on each other, in order. */
export function unbroken<T extends StoredSegment>(segments: readonly T[]): readonly T[] {
  const newest = segments.reduce<T | undefined>((best, one) => (best && best.keptAt > one.keptAt ? best : one), undefined);
  const same = segments.filter(({ total, validator }) => total === newest?.total && validator === newest?.validator);
  const run: T[] = [];
  for (const segment of same.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (segment.start === (run.at(-1)?.end ?? 0)) run.push(segment);
  }
  return run;
}

/** What a run of segments amounts to, or `undefined` for an empty one. */
export function describe(run: readonly StoredSegment[]): PartialFile | undefined {
  const last = run.at(-1);
  if (!last) return undefined;
  const { url, total, validator } = last;
  return { url, length: last.end, total, validator, keptAt: Math.max(...run.map(({ keptAt }) => keptAt)) };
}
