import { addressOf, isTag } from '../../transfer/internal.js';
import { FileNames } from '../loader/file-names.js';
import { browserCache } from '../transformers/runtime-cache.js';
import type { WholeFiles } from './model-files.js';

/** The cache of whole files that a page's own loaders store. */
const FILES_CACHE = 'model-download-files-v1';

/** The origin of the cache keys. No server has this name, so the entries are never requested. */
const ORIGIN = 'https://model-download.invalid';

/** The metadata of a file that is stored whole. */
export interface FinishedFile {
  /** Its address; a digest of the request's credentials and headers may follow behind a `#`. */
  readonly key: string;
  /** Bytes of the file. */
  readonly size: number;
  /** The strong validator of this version, as the transfer layer compares it; `undefined` if the server sent none. */
  readonly validator: string | undefined;
  /** Whether the server has shown that its answer is the same for each user. */
  readonly isForEachUser: boolean;
}

/**
 * The stored whole files of one model with its own loader. Each file has two entries: one with its bytes, and a note with
 * its metadata. The note is written last and deleted first, so that a file with a note is complete.
 */
export class FinishedFiles {
  readonly #cache = browserCache(FILES_CACHE);
  readonly #owner: URLSearchParams;
  /** The known names of the model's files; none if they are unknown. */
  readonly #names: readonly string[];

  /**
   * @param namespace Separates several apps on one origin.
   * @param names The known names of the model's files, as in its plan.
   */
  constructor(modelKey: string, namespace = '', names: readonly string[] = []) {
    this.#names = names;
    this.#owner = new URLSearchParams({ namespace, model: modelKey });
  }

  /** The metadata of a file; `undefined` if it is not stored whole. */
  async find(key: string): Promise<FinishedFile | undefined> {
    return metadataIn(key, await this.#cache.match(this.#address('note', key)));
  }

  /** The bytes of a file; `undefined` if the cache has lost them. */
  async read({ key, size }: FinishedFile): Promise<Response | undefined> {
    const response = await this.#cache.match(this.#address('file', key));
    if (!response) return undefined;
    const headers = new Headers(response.headers);
    headers.set('Content-Length', String(size));
    return new Response(response.body, { headers });
  }

  /** Stores the bytes of a file. The file counts as stored after `markFinished()`. @throws Rejects with the error of the cache. */
  async write(key: string, response: Response): Promise<void> {
    await this.#cache.put(this.#address('file', key), response);
  }

  /** Marks a file as stored whole. */
  async markFinished({ key, size, validator, isForEachUser }: FinishedFile): Promise<void> {
    const headers = new Headers({ 'Content-Length': String(size) });
    if (validator !== undefined) headers.set(isTag(validator) ? 'ETag' : 'Last-Modified', validator);
    if (isForEachUser) headers.set('Cache-Control', 'public');
    await this.#cache.put(this.#address('note', key), new Response(null, { headers }));
  }

  /** Deletes the note of a file, before its bytes are replaced. */
  async markUnfinished(key: string): Promise<void> {
    await this.#cache.delete(this.#address('note', key));
  }

  /** Deletes a file. @throws Rejects as {@link RuntimeCache.entries}. */
  async drop(key: string): Promise<void> {
    await this.#cache.delete(this.#address('note', key));
    await this.#cache.delete(this.#address('file', key));
  }

  /** The metadata of all stored files. @throws Rejects as {@link RuntimeCache.entries}. */
  async list(): Promise<readonly FinishedFile[]> {
    const notes = await this.#cache.entries(this.#owns('note'));
    return [...notes].flatMap(([address, note]) => metadataIn(new URL(address).searchParams.get('url') ?? '', note) ?? []);
  }

  /**
   * Bytes and addresses of all files, and whether each known file is stored; `undefined` unless it is: a loader may keep a part of
   * its files.
   *
   * @throws Rejects as {@link RuntimeCache.entries}.
   */
  async measure(): Promise<WholeFiles> {
    const files = await this.list();
    const stored = this.#namesOf(files);
    const isComplete = this.#names.length > 0 && this.#names.every((name) => stored.has(name));
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    return { bytes, usable: new Set(files.map(({ key }) => addressOf(key))), isComplete: isComplete || undefined };
  }

  /** The names of the stored files, as in the model's plan. @throws Rejects as {@link RuntimeCache.entries}. */
  async storedNames(): Promise<ReadonlySet<string>> {
    return this.#namesOf(await this.list());
  }

  #namesOf(files: readonly FinishedFile[]): ReadonlySet<string> {
    const names = new FileNames(this.#names);
    return new Set(files.map(({ key }) => names.of(key)));
  }

  /** Deletes all files. @throws Rejects as {@link RuntimeCache.entries}. */
  async remove(): Promise<void> {
    for (const kind of ['note', 'file'] as const) await this.#cache.remove(this.#owns(kind));
  }

  #owns(kind: 'note' | 'file'): (address: string) => boolean {
    const prefix = this.#address(kind, '');
    return (address) => address.startsWith(prefix);
  }

  #address(kind: 'note' | 'file', key: string): string {
    return `${ORIGIN}/${kind}?${this.#owner}&${new URLSearchParams({ url: key })}`;
  }
}

/** The metadata in a note; `undefined` if there is none. */
function metadataIn(key: string, note: Response | undefined): FinishedFile | undefined {
  const size = Number(note?.headers.get('Content-Length') ?? Number.NaN);
  if (!note || Number.isNaN(size)) return undefined;
  const { headers } = note;
  const validator = headers.get('ETag') ?? headers.get('Last-Modified') ?? undefined;
  return { key, size, validator, isForEachUser: headers.get('Cache-Control') === 'public' };
}
