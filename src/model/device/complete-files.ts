import { contentLengthOf } from '../../core/internal.js';
import { addressOf, isTag } from '../../transfer/internal.js';
import { FileNames } from '../loader/file-names.js';
import type { StoredFiles } from './model-files.js';
import { OwnEntries } from './own-entries.js';

/** The metadata of a file that is stored whole. */
export interface CompleteFile {
  /** Its address; a digest of the request's headers may follow after a `#`. */
  readonly key: string;
  /** Bytes of the file. */
  readonly size: number;
  /** The strong validator of this version, as the transfer layer compares it; `undefined` if the server sent none. */
  readonly validator: string | undefined;
  /** Whether the server has shown that its response is the same for each user. */
  readonly isForEachUser: boolean;
}

/**
 * The stored complete files of one model with its own loader. Each file has two entries: one with its bytes, and a note with
 * its metadata. The note is written last and deleted first, so that a file with a note is complete.
 */
export class CompleteFiles {
  readonly #entries: OwnEntries;
  /** The known names of the model's files; none if they are unknown. */
  readonly #names: readonly string[];

  /**
   * @param namespace Separates several apps on one origin.
   * @param names The known names of the model's files, as in its plan.
   */
  constructor(modelKey: string, namespace: string | undefined, names: readonly string[] = []) {
    this.#names = names;
    this.#entries = new OwnEntries(modelKey, namespace);
  }

  /** The metadata of a file; `undefined` if it is not stored whole. */
  async find(key: string): Promise<CompleteFile | undefined> {
    return metadataIn(key, await this.#entries.find('note', key));
  }

  /** The bytes of a file; `undefined` if the cache has lost them. */
  async read({ key, size }: CompleteFile): Promise<Response | undefined> {
    const response = await this.#entries.find('file', key);
    if (!response) return undefined;
    const headers = new Headers(response.headers);
    headers.set('Content-Length', String(size));
    return new Response(response.body, { headers });
  }

  /** Stores the bytes of a file. The file counts as stored after `markComplete()`. @throws Rejects with the error of the cache. */
  async write(key: string, response: Response): Promise<void> {
    await this.#entries.put('file', key, response);
  }

  /** Marks a file as stored whole. */
  async markComplete({ key, size, validator, isForEachUser }: CompleteFile): Promise<void> {
    const headers = new Headers({ 'Content-Length': String(size) });
    if (validator !== undefined) headers.set(isTag(validator) ? 'ETag' : 'Last-Modified', validator);
    if (isForEachUser) headers.set('Cache-Control', 'public');
    await this.#entries.put('note', key, new Response(null, { headers }));
  }

  /** Deletes the note of a file, before its bytes are replaced. */
  async markIncomplete(key: string): Promise<void> {
    await this.#entries.delete('note', key);
  }

  /** Deletes a file. @throws Rejects as {@link RuntimeCache.entries}. */
  async drop(key: string): Promise<void> {
    await this.#entries.delete('note', key);
    await this.#entries.delete('file', key);
  }

  /** The metadata of all stored files. @throws Rejects as {@link RuntimeCache.entries}. */
  async list(): Promise<readonly CompleteFile[]> {
    return [...(await this.#entries.list('note'))].flatMap(([key, note]) => metadataIn(key, note) ?? []);
  }

  /**
   * Counts the bytes of all files, and lists their addresses. `isComplete` is `true` if each known file is stored. Otherwise it is
   * `undefined`: a loader need not store all of its files.
   *
   * @throws Rejects as {@link RuntimeCache.entries}.
   */
  async measure(): Promise<StoredFiles> {
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

  #namesOf(files: readonly CompleteFile[]): ReadonlySet<string> {
    const names = new FileNames(this.#names);
    return new Set(files.map(({ key }) => names.of(key)));
  }

  /** Deletes all files, and the addresses of the incomplete ones. @throws Rejects as {@link RuntimeCache.entries}. */
  async remove(): Promise<void> {
    for (const kind of ['note', 'file', 'begun'] as const) await this.#entries.removeAll(kind);
  }
}

/** The metadata in a note; `undefined` if there is none. */
function metadataIn(key: string, note: Response | undefined): CompleteFile | undefined {
  const size = contentLengthOf(note);
  if (!note || size === undefined) return undefined;
  const { headers } = note;
  const validator = headers.get('ETag') ?? headers.get('Last-Modified') ?? undefined;
  return { key, size, validator, isForEachUser: headers.get('Cache-Control') === 'public' };
}
