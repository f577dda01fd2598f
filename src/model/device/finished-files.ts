import { browserCache } from '../transformers/runtime-cache.js';

/** The cache of whole files that loaders of the page's own want kept. */
const FILES_CACHE = 'model-download-files-v1';

/** No server has this name; the entries are never requested. */
const ORIGIN = 'https://model-download.invalid';

/** What is known of a file that is kept whole. */
export interface FinishedFile {
  /** Its address; behind a `#` stands a digest of what the request told the server of its user. */
  readonly key: string;
  /** Bytes of the file. */
  readonly size: number;
  /** What the server called this version; `undefined` where it said nothing that proves one. */
  readonly etag: string | undefined;
  /** When it was changed last, in the server's words; `undefined` where that proves nothing. */
  readonly lastModified: string | undefined;
}

/**
 * The whole files of one model with a loader of its own. Each has an entry with its bytes and one
 * without, which says what is known of them: that is written last and deleted first.
 */
export class FinishedFiles {
  readonly #cache = browserCache(FILES_CACHE);
  readonly #owner: URLSearchParams;

  /** @param namespace Keeps several apps on one origin apart. */
  constructor(modelKey: string, namespace = '') {
    this.#owner = new URLSearchParams({ namespace, model: modelKey });
  }

  async find(key: string): Promise<FinishedFile | undefined> {
    const note = await this.#cache.match(this.#address('note', key));
    const size = Number(note?.headers.get('Content-Length') ?? Number.NaN);
    if (!note || Number.isNaN(size)) return undefined;
    const { headers } = note;
    return { key, size, etag: headers.get('ETag') ?? undefined, lastModified: headers.get('Last-Modified') ?? undefined };
  }

  /** The bytes of a file; `undefined` where they are not all here. */
  async read({ key, size }: FinishedFile): Promise<Response | undefined> {
    const response = await this.#cache.match(this.#address('file', key));
    if (!response) return undefined;
    const headers = new Headers(response.headers);
    headers.set('Content-Length', String(size));
    return new Response(response.body, { headers });
  }

  /** Keeps the bytes of a file, which counts as kept once `confirm` has followed. @throws what the cache throws. */
  async write(key: string, response: Response): Promise<void> {
    await this.#cache.put(this.#address('file', key), response);
  }

  /** Says that the bytes of a file are all here. */
  async confirm({ key, size, etag, lastModified }: FinishedFile): Promise<void> {
    const headers = new Headers({ 'Content-Length': String(size) });
    if (etag !== undefined) headers.set('ETag', etag);
    if (lastModified !== undefined) headers.set('Last-Modified', lastModified);
    await this.#cache.put(this.#address('note', key), new Response(null, { headers }));
  }

  /** Takes back that a file is kept, before other bytes take the place of its own. */
  async revoke(key: string): Promise<void> {
    await this.#cache.delete(this.#address('note', key));
  }

  async list(): Promise<readonly FinishedFile[]> {
    const found = await Promise.all((await this.#keys('note')).map((key) => this.find(key)));
    return found.flatMap((file) => file ?? []);
  }

  /** Bytes of all files. */
  async bytes(): Promise<number> {
    return (await this.list()).reduce((sum, { size }) => sum + size, 0);
  }

  async remove(): Promise<void> {
    for (const kind of ['note', 'file'] as const) {
      await Promise.all((await this.#keys(kind)).map((key) => this.#cache.delete(this.#address(kind, key))));
    }
  }

  async #keys(kind: 'note' | 'file'): Promise<readonly string[]> {
    const addresses = (await this.#cache.keys()) ?? [];
    const prefix = this.#address(kind, '');
    return addresses.flatMap((address) => (address.startsWith(prefix) ? (new URL(address).searchParams.get('url') ?? []) : []));
  }

  #address(kind: 'note' | 'file', key: string): string {
    return `${ORIGIN}/${kind}?${this.#owner}&${new URLSearchParams({ url: key })}`;
  }
}
