import { systemClock, type Clock } from '../../core/index.js';
import { epochNow } from '../../core/internal.js';
import type { Chunk } from '../network/chunk.js';
import { openCache } from './open-cache.js';
import {
  describePartialFile,
  follows,
  segmentsOf,
  contiguousSegments,
  type HeldBody,
  type PartialFile,
  type PartialStore,
  type Segment,
  type StoredSegment,
} from './partial-store.js';
import { SegmentFiles, type SegmentFile } from './segment-files.js';

/** The cache that holds the segments. */
export const PARTIAL_CACHE = 'model-download-partial-v1';

/** The beginning of every key. No server has this name, and the entries are never requested. */
const KEY = 'https://model-download.invalid/partial';

/** The most bytes of entries that {@link CachePartialStore.blob} may read into memory. */
const MOST_READ = 16 * 1024 * 1024;

/** An entry that has the bytes of its segment. */
interface NoFile {
  readonly file?: undefined;
  readonly sha256?: undefined;
}

type CachedSegment = StoredSegment & { readonly request: Request } & (SegmentFile | NoFile);

/**
 * Stores segments as entries of Cache Storage. The key of an entry describes its segment, so that reading the keys is enough
 * to list the stored files. The bytes are in the entry or in a file that its key names, which takes less time. The methods
 * reject if Cache Storage is missing or refuses.
 */
export class CachePartialStore implements PartialStore {
  /** As JSON, so that two names never give the same key: a path of a URL would lose `..`, and a query would lose lone surrogates. */
  readonly #namespace: string;
  readonly #clock: Clock;
  readonly #files: SegmentFiles;
  /** The last segment that this store has appended to each file: reading all keys each time would be slow. */
  readonly #tails = new Map<string, StoredSegment>();
  /** How often each file was deleted: a segment that was being written meanwhile is deleted afterwards. */
  readonly #deletions = new Map<string, number>();

  /**
   * @param namespace Separates several apps on one origin.
   * @param clock Limits how long the platform may take to open the cache.
   * @param files Contains the bytes of the segments, if the platform allows it. Default: the platform's files.
   */
  constructor(namespace = '', clock: Clock = systemClock, files = new SegmentFiles()) {
    this.#namespace = JSON.stringify(namespace);
    this.#clock = clock;
    this.#files = files;
  }

  async find(url: string): Promise<PartialFile | undefined> {
    this.#tails.delete(url);
    const cache = await this.#open();
    const segments = await this.#segments(cache, url);
    const areWhole = await Promise.all(segments.map((segment) => this.#isWhole(cache, segment)));
    return describePartialFile(contiguousSegments(segments.filter((_, index) => areWhole[index])));
  }

  async append({ url, start, bytes, ...rest }: Segment): Promise<void> {
    const segment = { url, start, end: start + bytes.length, ...rest };
    const deletions = this.#deletions.get(url);
    const cache = await this.#open();
    const isNext = follows(segment, this.#tails.get(url));
    this.#tails.delete(url);
    if (!isNext) await this.#deleteUnjoined(cache, segment);
    const written = await this.#files.write(bytes);
    const key = this.#keyOf({ ...segment, ...written });
    const content = written ? new Uint8Array() : bytes;
    try {
      await cache.put(key, new Response(content, { headers: { 'Content-Length': String(content.length) } }));
    } catch (error) {
      await this.#files.delete(written ? [written.file] : []);
      throw error;
    }
    if (this.#deletions.get(url) === deletions) this.#tails.set(url, segment);
    else await this.#deleteAll(cache, [{ request: new Request(key), file: written?.file }]);
  }

  async *read(body: HeldBody, start: number, end = Infinity): AsyncIterable<Chunk> {
    const cache = await this.#open();
    for (const segment of segmentsOf(await this.#segments(cache, body.url), body, start, end)) {
      const bytes = await this.#bytesOf(cache, segment);
      // Another tab, or the user, has deleted or damaged it. The segments after it cannot be used.
      if (bytes?.length !== segment.end - segment.start) {
        await this.#deleteAll(cache, [segment]);
        return;
      }
      yield bytes.subarray(Math.max(0, start - segment.start), Math.min(bytes.length, end - segment.start));
    }
  }

  async blob(body: HeldBody, length: number): Promise<Blob | undefined> {
    const cache = await this.#open();
    const segments = segmentsOf(await this.#segments(cache, body.url), body, 0, length);
    const inEntries = segments.filter(({ file }) => file === undefined).reduce((sum, { start, end }) => sum + end - start, 0);
    if (segments.at(-1)?.end !== length || inEntries > MOST_READ) return undefined;
    const parts = await Promise.all(segments.map((segment) => this.#blobOf(cache, segment)));
    const blob = new Blob(parts.flatMap((part) => part ?? []));
    return blob.size === length ? blob : undefined;
  }

  async delete(url: string): Promise<void> {
    this.#tails.delete(url);
    this.#deletions.set(url, (this.#deletions.get(url) ?? 0) + 1);
    const cache = await this.#open();
    const requests = await cache.keys();
    await this.#deleteAll(cache, this.#parseAll(requests, url));
    await this.#files.deleteLost(new Set(requests.flatMap((request) => fileOf(request).file ?? [])), epochNow(this.#clock));
  }

  async list(): Promise<readonly PartialFile[]> {
    const cache = await this.#open();
    const byUrl = new Map<string, CachedSegment[]>();
    for (const segment of await this.#segments(cache)) {
      const known = byUrl.get(segment.url);
      if (known) known.push(segment);
      else byUrl.set(segment.url, [segment]);
    }
    const files: PartialFile[] = [];
    for (const segments of byUrl.values()) {
      const file = describePartialFile(contiguousSegments(segments));
      if (file) files.push(file);
      // Another tab has deleted the segments before these, so these cannot be used.
      else await this.#deleteAll(cache, segments);
    }
    return files;
  }

  /** Deletes the stored segments that a new one does not continue. */
  async #deleteUnjoined(cache: Cache, segment: StoredSegment): Promise<void> {
    const stored = await this.#segments(cache, segment.url);
    const run = contiguousSegments(stored);
    const stays = follows(segment, run.at(-1));
    await this.#deleteAll(cache, stays ? stored.filter((one) => !run.includes(one)) : stored);
  }

  /** Whether a segment has its bytes. One whose file is missing or has another length is deleted. */
  async #isWhole(cache: Cache, segment: CachedSegment): Promise<boolean> {
    if (segment.file === undefined) return true;
    try {
      const file = await this.#files.open(segment.file);
      if (file?.size === segment.end - segment.start) return true;
      await this.#deleteAll(cache, [segment]);
    } catch {
      // It may exist, and cannot be opened now.
    }
    return false;
  }

  async #bytesOf(cache: Cache, segment: CachedSegment): Promise<Chunk | undefined> {
    if (segment.file !== undefined) return this.#files.read(segment);
    const response = await cache.match(segment.request);
    return response && new Uint8Array(await response.arrayBuffer());
  }

  async #blobOf(cache: Cache, segment: CachedSegment): Promise<Blob | undefined> {
    return segment.file === undefined ? (await cache.match(segment.request))?.blob() : this.#files.open(segment.file);
  }

  async #deleteAll(cache: Cache, segments: readonly Pick<CachedSegment, 'request' | 'file'>[]): Promise<void> {
    await Promise.all(segments.map(({ request }) => cache.delete(request)));
    await this.#files.delete(segments.flatMap(({ file }) => file ?? []));
  }

  async #open(): Promise<Cache> {
    const cache = await openCache(PARTIAL_CACHE, this.#clock);
    if (!cache) throw new DOMException('Cache Storage is missing or refuses', 'InvalidStateError');
    return cache;
  }

  /** @param url The file; by default all. */
  async #segments(cache: Cache, url?: string): Promise<readonly CachedSegment[]> {
    return this.#parseAll(await cache.keys(), url);
  }

  #parseAll(requests: readonly Request[], url?: string): readonly CachedSegment[] {
    const segments = requests.flatMap((request) => this.#parse(request) ?? []);
    return url === undefined ? segments : segments.filter((segment) => segment.url === url);
  }

  #keyOf(segment: Omit<CachedSegment, 'request'>): string {
    const key = new URL(KEY);
    key.searchParams.set('namespace', this.#namespace);
    for (const [name, value] of Object.entries(segment)) {
      if (value !== undefined) key.searchParams.set(name, String(value));
    }
    return key.href;
  }

  #parse(request: Request): CachedSegment | undefined {
    const { origin, pathname, searchParams: fields } = new URL(request.url);
    if (origin + pathname !== KEY || fields.get('namespace') !== this.#namespace) return undefined;
    const number = (name: string): number => Number(fields.get(name) ?? NaN);
    const [url, writtenBy] = [fields.get('url'), fields.get('writtenBy')];
    const [start, end, keptAt, total] = [number('start'), number('end'), number('keptAt'), number('total')];
    if (url === null || writtenBy === null || !(start >= 0 && end > start && keptAt >= 0)) return undefined;
    const validator = fields.get('validator') ?? undefined;
    const known = Number.isNaN(total) ? undefined : total;
    return { request, ...fileOf(request), url, start, end, keptAt, validator, writtenBy, total: known };
  }
}

/** Returns the file that the key of an entry names; nothing if its bytes are in the entry. */
function fileOf({ url }: Request): SegmentFile | NoFile {
  const { searchParams } = new URL(url);
  const [file, sha256] = [searchParams.get('file'), searchParams.get('sha256')];
  return file === null ? {} : { file, sha256: sha256 ?? '' };
}
