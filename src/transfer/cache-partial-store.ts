import { describe, follows, unbroken, type PartialFile, type PartialStore, type Segment, type StoredSegment } from './partial-store.js';

/** The cache that holds the segments. */
export const PARTIAL_CACHE = 'model-download-partial-v1';

/** No server has this name; the entries are never requested. */
const ORIGIN = 'https://model-download.invalid';

interface CachedSegment extends StoredSegment {
  readonly request: Request;
}

/**
 * Keeps segments as entries of Cache Storage. Everything known of a segment stands in its key, so
 * that one look at the keys tells what is held without opening a body.
 */
export class CachePartialStore implements PartialStore {
  readonly #path: string;
  /** Where the segments that this store has appended itself end: looking through all keys each time would be slow. */
  readonly #tails = new Map<string, Pick<StoredSegment, 'end' | 'total' | 'validator'>>();

  /** @param namespace Keeps several apps on one origin apart. */
  constructor(namespace = '') {
    this.#path = `/partial/${encodeURIComponent(namespace)}`;
  }

  async find(url: string): Promise<PartialFile | undefined> {
    this.#tails.delete(url);
    return describe(unbroken(await this.#segmentsOf(url)));
  }

  async append({ url, start, bytes, total, validator, keptAt }: Segment): Promise<void> {
    const segment = { url, start, end: start + bytes.length, total, validator, keptAt };
    if (!follows(segment, this.#tails.get(url))) await this.#makeWay(segment);
    this.#tails.delete(url);
    const cache = await caches.open(PARTIAL_CACHE);
    await cache.put(this.#keyOf(segment), new Response(bytes, { headers: { 'Content-Length': String(bytes.length) } }));
    this.#tails.set(url, segment);
  }

  async *read(url: string, start: number, end = Infinity): AsyncIterable<Uint8Array<ArrayBuffer>> {
    const cache = await caches.open(PARTIAL_CACHE);
    for (const segment of unbroken(await this.#segmentsOf(url))) {
      if (segment.end <= start || segment.start >= end) continue;
      const response = await cache.match(segment.request);
      // Somebody cleared the site's data meanwhile: what follows is not held any more.
      if (!response) return;
      const bytes = new Uint8Array(await response.arrayBuffer());
      const from = Math.max(0, start - segment.start);
      yield bytes.subarray(from, Math.min(bytes.length, end - segment.start));
    }
  }

  async delete(url: string): Promise<void> {
    this.#tails.delete(url);
    const cache = await caches.open(PARTIAL_CACHE);
    await Promise.all((await this.#segmentsOf(url)).map(({ request }) => cache.delete(request)));
  }

  async list(): Promise<readonly PartialFile[]> {
    const byUrl = new Map<string, CachedSegment[]>();
    for (const segment of await this.#segments()) {
      const known = byUrl.get(segment.url);
      if (known) known.push(segment);
      else byUrl.set(segment.url, [segment]);
    }
    const files = [...byUrl.values()].map((segments) => ({ segments, file: describe(unbroken(segments)) }));
    // Segments behind a gap, left where another tab deleted what came before them, are of use to nobody.
    const orphans = files.flatMap(({ segments, file }) => (file ? [] : segments));
    const cache = await caches.open(PARTIAL_CACHE);
    await Promise.all(orphans.map(({ request }) => cache.delete(request)));
    return files.flatMap(({ file }) => file ?? []);
  }

  /** Deletes what a segment does not follow on. */
  async #makeWay(segment: StoredSegment): Promise<void> {
    const held = await this.#segmentsOf(segment.url);
    const run = unbroken(held);
    const last = run.at(-1);
    const stays = last ? follows(segment, last) : segment.start === 0;
    const cache = await caches.open(PARTIAL_CACHE);
    const outdated = stays ? held.filter((one) => !run.includes(one)) : held;
    await Promise.all(outdated.map(({ request }) => cache.delete(request)));
  }

  async #segmentsOf(url: string): Promise<readonly CachedSegment[]> {
    return (await this.#segments()).filter((segment) => segment.url === url);
  }

  async #segments(): Promise<readonly CachedSegment[]> {
    const cache = await caches.open(PARTIAL_CACHE);
    return (await cache.keys()).flatMap((request) => this.#parse(request) ?? []);
  }

  #keyOf({ url, start, end, total, validator, keptAt }: StoredSegment): string {
    const key = new URL(this.#path, ORIGIN);
    const fields = { url, start, end, total, validator, keptAt };
    for (const [name, value] of Object.entries(fields)) {
      if (value !== undefined) key.searchParams.set(name, String(value));
    }
    return key.href;
  }

  #parse(request: Request): CachedSegment | undefined {
    const { origin, pathname, searchParams } = new URL(request.url);
    if (origin !== ORIGIN || pathname !== this.#path) return undefined;
    const number = (name: string): number => Number(searchParams.get(name) ?? NaN);
    const url = searchParams.get('url');
    const [start, end, keptAt, total] = [number('start'), number('end'), number('keptAt'), number('total')];
    if (url === null || !(start >= 0 && end > start && keptAt >= 0)) return undefined;
    const validator = searchParams.get('validator') ?? undefined;
    return { request, url, start, end, keptAt, validator, total: Number.isNaN(total) ? undefined : total };
  }
}
