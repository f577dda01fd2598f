import { describe, follows, unbroken, type PartialFile, type PartialStore, type Segment, type StoredSegment } from './partial-store.js';

interface HeldSegment extends StoredSegment {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Keeps segments for the life of the page or process: where there is no Cache Storage, as in Node or over plain HTTP. */
export class MemoryPartialStore implements PartialStore {
  readonly #files = new Map<string, readonly HeldSegment[]>();

  find(url: string): Promise<PartialFile | undefined> {
    return Promise.resolve(describe(unbroken(this.#files.get(url) ?? [])));
  }

  append({ bytes, ...segment }: Segment): Promise<void> {
    const run = unbroken(this.#files.get(segment.url) ?? []);
    const last = run.at(-1);
    const next = { ...segment, end: segment.start + bytes.length, bytes: bytes.slice() };
    this.#files.set(segment.url, follows(segment, last) ? [...run, next] : [next]);
    return Promise.resolve();
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous
  async *read(url: string, start: number, end = Infinity): AsyncIterable<Uint8Array<ArrayBuffer>> {
    for (const segment of unbroken(this.#files.get(url) ?? [])) {
      if (segment.end <= start || segment.start >= end) continue;
      // A copy: whoever reads may hand it on to another thread.
      yield segment.bytes.slice(Math.max(0, start - segment.start), Math.min(segment.bytes.length, end - segment.start));
    }
  }

  delete(url: string): Promise<void> {
    this.#files.delete(url);
    return Promise.resolve();
  }

  list(): Promise<readonly PartialFile[]> {
    return Promise.resolve([...this.#files.values()].flatMap((segments) => describe(unbroken(segments)) ?? []));
  }
}
