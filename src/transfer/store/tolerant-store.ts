import { DownloadFailure, type Clock } from '../../core/index.js';
import { withTimeLimit } from '../../core/internal.js';
import type { Chunk } from '../network/chunk.js';
import type { HeldBody, PartialFile, PartialStore, Segment } from './partial-store.js';

/** How long one call of a store may take, in ms: more than a slow disk needs for a segment. */
const LIMIT = 10_000;

/** The bodies that the store has refused to delete: they may be damaged, and would be found by every attempt. */
const refused = new Set<string>();

/**
 * Wraps a store so that it never fails a download. If the wrapped store rejects, as after the site's data was deleted, no bytes count
 * as stored. If it does not respond in time, only {@link delete} calls it again. Only {@link append} rejects: its bytes are not stored.
 */
export class TolerantStore implements PartialStore {
  readonly #open: () => Promise<PartialStore>;
  readonly #clock: Clock;
  #isSilent = false;

  /** @param open Resolves with the wrapped store. */
  constructor(open: () => Promise<PartialStore>, clock: Clock) {
    this.#open = open;
    this.#clock = clock;
  }

  async find(url: string): Promise<PartialFile | undefined> {
    const file = await this.#request((store) => store.find(url)).catch(() => undefined);
    return file && refused.has(file.writtenBy) ? undefined : file;
  }

  append(segment: Segment): Promise<void> {
    return this.#request((store) => store.append(segment));
  }

  async *read(body: HeldBody, start: number, end?: number): AsyncIterable<Chunk> {
    let pieces: AsyncIterator<Chunk> | undefined;
    for (;;) {
      const step = await this.#request((store) => {
        pieces ??= store.read(body, start, end)[Symbol.asyncIterator]();
        return pieces.next();
      }).catch(() => undefined);
      if (!step || step.done) return;
      yield step.value;
    }
  }

  blob(body: HeldBody, length: number): Promise<Blob | undefined> {
    return this.#request(async (store) => store.blob?.(body, length)).catch(() => undefined);
  }

  /** Deletes the stored bytes of a file. If the store refuses, this page ignores them. A store that does not respond delays nothing. */
  async delete(url: string): Promise<void> {
    // It may only be slow, and the bytes that it stores late would stay for a week.
    if (this.#isSilent)
      return void this.#open()
        .then((store) => store.delete(url))
        .catch(() => undefined);
    try {
      await this.#request((store) => store.delete(url));
    } catch {
      const file = await this.find(url);
      if (file) refused.add(file.writtenBy);
    }
  }

  list(): Promise<readonly PartialFile[]> {
    return this.#request((store) => store.list()).catch(() => []);
  }

  async #request<T>(run: (store: PartialStore) => Promise<T>): Promise<T> {
    if (this.#isSilent) throw new DownloadFailure('timeout', 'The store does not respond');
    try {
      return await withTimeLimit(this.#open().then(run), LIMIT, this.#clock);
    } catch (cause) {
      if (cause instanceof DownloadFailure && cause.code === 'timeout') this.#isSilent = true;
      throw cause;
    }
  }
}
