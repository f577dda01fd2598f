import type { Chunk } from '../network/chunk.js';

/** What is held of one file of which the end is missing. */
export interface PartialFile {
  /**
   * What the file is known by in the store: its address, with a fragment where files of one address
   * must be kept apart. Take the fragment off before this is requested.
   */
  readonly url: string;
  /** Bytes held, from the first on without a gap. */
  readonly length: number;
  /** Bytes of the whole file; `undefined` while unknown. */
  readonly total: number | undefined;
  /** What the server calls this version of the file; `undefined` where nothing proves which version it is. */
  readonly validator: string | undefined;
  /**
   * The body that these bytes are of: a random word. A body that continues them takes it over, so
   * that its segments follow on theirs; no other segments ever do.
   */
  readonly writtenBy: string;
  /** When the newest of these bytes was kept, in ms since 1970. */
  readonly keptAt: number;
}

/** A run of bytes to be kept. */
export interface Segment extends Omit<PartialFile, 'length'> {
  /** The place of its first byte in the file. */
  readonly start: number;
  /** What is kept of it. */
  readonly bytes: Chunk;
}

/** The bytes of one body: all that are held of it are of one version of the file. */
export type HeldBody = Pick<PartialFile, 'url' | 'validator' | 'writtenBy'>;

/** The port to where unfinished files outlive a broken connection, a reload or a crash. */
export interface PartialStore {
  /** What is held of a file, or `undefined` when there is nothing. */
  find(url: string): Promise<PartialFile | undefined>;
  /**
   * Keeps a segment that follows on what is held of the same body. One of another body, or one that
   * leaves a gap, replaces what was held. Its bytes may be overwritten once the promise has settled.
   *
   * @throws QuotaExceededError when there is no room for it.
   */
  append(segment: Segment): Promise<void>;
  /**
   * The bytes that are held of a body from `start` on, up to `end` or to the last. They end before
   * that where a part is missing or damaged, and where it was deleted or replaced meanwhile.
   */
  read(body: HeldBody, start: number, end?: number): AsyncIterable<Chunk>;
  /** Deletes what is held of a file. */
  delete(url: string): Promise<void>;
  /** Everything that is held. */
  list(): Promise<readonly PartialFile[]>;
}

/** One segment as a store finds it again. */
export interface StoredSegment extends Omit<PartialFile, 'length'> {
  readonly start: number;
  readonly end: number;
}

/** Whether a segment is the next one of the same body. */
export function follows(
  { start, writtenBy }: Pick<StoredSegment, 'start' | 'writtenBy'>,
  last: Pick<StoredSegment, 'end' | 'writtenBy'> | undefined,
): boolean {
  return start === last?.end && writtenBy === last.writtenBy;
}

/** Of the segments of one file those that follow on each other from the first byte on, in order: of the newest body that has any. */
export function contiguousSegments<T extends StoredSegment>(segments: readonly T[]): readonly T[] {
  const bodies = new Map<string, T[]>();
  for (const segment of segments) {
    const body = bodies.get(segment.writtenBy);
    if (body) body.push(segment);
    else bodies.set(segment.writtenBy, [segment]);
  }
  let newest: readonly T[] = [];
  for (const body of bodies.values()) {
    const run: T[] = [];
    for (const segment of body.sort((a, b) => a.start - b.start || b.end - a.end)) {
      if (segment.start === (run.at(-1)?.end ?? 0)) run.push(segment);
    }
    if (run.length > 0 && newestIn(run) >= newestIn(newest)) newest = run;
  }
  return newest;
}

/** The segments of a body that have bytes from `start` to `end`, in order, up to the first gap. */
export function segmentsOf<T extends StoredSegment>(segments: readonly T[], body: HeldBody, start: number, end: number): readonly T[] {
  const own = segments.filter(
    ({ url, writtenBy, validator }) =>
      url === body.url && writtenBy === body.writtenBy && (body.validator === undefined || validator === body.validator),
  );
  return contiguousSegments(own).filter((segment) => segment.end > start && segment.start < end);
}

/** What a run of segments amounts to, or `undefined` for an empty one. */
export function describePartialFile(run: readonly StoredSegment[]): PartialFile | undefined {
  const last = run.at(-1);
  if (!last) return undefined;
  const { url, validator, writtenBy } = last;
  // A body that went on under another validator has no proof of its version, whatever the last one was.
  const isOneVersion = run.every((segment) => segment.validator === validator);
  const total = run.reduce<number | undefined>((known, segment) => segment.total ?? known, undefined);
  return { url, length: last.end, total, validator: isOneVersion ? validator : undefined, writtenBy, keptAt: newestIn(run) };
}

function newestIn(segments: readonly StoredSegment[]): number {
  return Math.max(...segments.map(({ keptAt }) => keptAt));
}
