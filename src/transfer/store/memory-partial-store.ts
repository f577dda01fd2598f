import type { Chunk } from '../network/chunk.js';
import {
  describePartialFile,
  follows,
  segmentsOf,
  type HeldBody,
  type PartialFile,
  type PartialStore,
  type Segment,
  type StoredSegment,
} from './partial-store.js';

interface HeldSegment extends StoredSegment {
  readonly bytes: Chunk;
}

/**
 * Stores segments for the life of the page or process: for use where Cache Storage is missing or refuses, as in Node, over
 * plain HTTP, or in a sandboxed frame.
 */
export class MemoryPartialStore implements PartialStore {
  readonly #files = new Map<string, readonly HeldSegment[]>();

  find(url: string): Promise<PartialFile | undefined> {
    return Promise.resolve(describePartialFile(this.#files.get(url) ?? []));
  }

  append({ bytes, ...segment }: Segment): Promise<void> {
    const stored = this.#files.get(segment.url) ?? [];
    const next = { ...segment, end: segment.start + bytes.length, bytes: bytes.slice() };
    if (follows(next, stored.at(-1))) this.#files.set(segment.url, [...stored, next]);
    else this.#files.set(segment.url, next.start === 0 ? [next] : []);
    return Promise.resolve();
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous
  async *read(body: HeldBody, start: number, end = Infinity): AsyncIterable<Chunk> {
    for (const segment of segmentsOf(this.#files.get(body.url) ?? [], body, start, end)) {
      // A copy, since the reader may transfer it to another thread.
      yield segment.bytes.slice(Math.max(0, start - segment.start), Math.min(segment.bytes.length, end - segment.start));
    }
  }

  delete(url: string): Promise<void> {
    this.#files.delete(url);
    return Promise.resolve();
  }

  list(): Promise<readonly PartialFile[]> {
    return Promise.resolve([...this.#files.values()].flatMap((segments) => describePartialFile(segments) ?? []));
  }
}
