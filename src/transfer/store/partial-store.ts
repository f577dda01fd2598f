import type { Chunk } from '../network/chunk.js';

/** The stored beginning of one file. */
export interface PartialFile {
  /**
   * The name of the file in the store: its address, with a fragment that separates files of one address. Remove the
   * fragment to get an address that can be requested.
   */
  readonly url: string;
  /** Stored bytes, from the first on without a gap. */
  readonly length: number;
  /** Bytes of the whole file; `undefined` while unknown. */
  readonly total: number | undefined;
  /** The strong validator of this version of the file; `undefined` if nothing proves which version it is. */
  readonly validator: string | undefined;
  /**
   * A random word for the body that wrote these bytes. A body that continues them uses the same word. Segments with different words
   * never follow each other.
   */
  readonly writtenBy: string;
  /** When the newest of these bytes was stored, in ms since 1970. */
  readonly keptAt: number;
  /**
   * About how long these bytes took to arrive, in ms, by the times at which their segments were stored. A pause counts, too. `undefined`
   * if unknown, as for a single segment.
   */
  readonly took?: number | undefined;
}

/** Consecutive bytes of a file to be stored. */
export interface Segment extends Omit<PartialFile, 'length' | 'took'> {
  /** The offset of its first byte in the file. */
  readonly start: number;
  /** The bytes, not empty. */
  readonly bytes: Chunk;
}

/** The stored bytes of one body, which are all of one version of the file. */
export type HeldBody = Pick<PartialFile, 'url' | 'validator' | 'writtenBy'>;

/** The port to a storage in which incomplete files survive a broken connection, a reload or a crash. */
export interface PartialStore {
  /** Resolves with the stored beginning of a file; `undefined` if there is none. */
  find(url: string): Promise<PartialFile | undefined>;
  /**
   * Stores a segment that follows the stored bytes of the same body. A segment of another body, or after a gap, replaces
   * the stored bytes. The caller may overwrite the bytes of the segment once the promise has settled.
   *
   * @throws QuotaExceededError if there is no room for it.
   */
  append(segment: Segment): Promise<void>;
  /**
   * Reads the stored bytes of a body from `start` on, up to `end` or to the last. They end before that if a part is missing or
   * damaged, or was deleted or replaced meanwhile.
   */
  read(body: HeldBody, start: number, end?: number): AsyncIterable<Chunk>;
  /**
   * Resolves with the first `length` stored bytes of a body, without reading them; `undefined` if that is not possible. They can be read
   * until the stored bytes are deleted.
   */
  blob?(body: HeldBody, length: number): Promise<Blob | undefined>;
  /** Deletes the stored bytes of a file. */
  delete(url: string): Promise<void>;
  /** Resolves with all stored files. */
  list(): Promise<readonly PartialFile[]>;
}

/** A segment in a store. */
export interface StoredSegment extends Omit<PartialFile, 'length' | 'took'> {
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

/** Returns the segments of a file that follow each other from the first byte on, in order, of the newest body that has any. */
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

/** Returns the segments of a body with bytes between `start` and `end`, in order, up to the first gap. */
export function segmentsOf<T extends StoredSegment>(segments: readonly T[], body: HeldBody, start: number, end: number): readonly T[] {
  const own = segments.filter(
    ({ url, writtenBy, validator }) =>
      url === body.url && writtenBy === body.writtenBy && (body.validator === undefined || validator === body.validator),
  );
  return contiguousSegments(own).filter((segment) => segment.end > start && segment.start < end);
}

/** Returns the file that begins with these consecutive segments; `undefined` without segments. */
export function describePartialFile(run: readonly StoredSegment[]): PartialFile | undefined {
  const last = run.at(-1);
  if (!last) return undefined;
  const { url, validator, writtenBy } = last;
  // Segments with several validators do not prove one version, whatever the last one is.
  const isOneVersion = run.every((segment) => segment.validator === validator);
  const total = run.reduce<number | undefined>((known, segment) => segment.total ?? known, undefined);
  const version = { total, validator: isOneVersion ? validator : undefined };
  return { url, length: last.end, ...version, writtenBy, keptAt: newestIn(run), took: durationOf(run) };
}

/** The time between the first and the last segment, and the same share of it for the bytes of the first one. */
function durationOf(run: readonly StoredSegment[]): number | undefined {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last || first === last) return undefined;
  return (Math.max(0, last.keptAt - first.keptAt) * last.end) / (last.end - first.end);
}

function newestIn(segments: readonly StoredSegment[]): number {
  return Math.max(...segments.map(({ keptAt }) => keptAt));
}
