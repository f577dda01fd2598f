import type { FetchLike } from '../core/index.js';
import type { KnownFile } from './body-check.js';

/** The path of a file on a model hub: `…/{owner}/{model}/resolve/{revision}/{file}`, without an owner for a few old models. */
const RESOLVE = /^(.*?\/)((?:[^/]+\/)?[^/]+)\/resolve\/([^/]+)\/(.*)$/;

/** A listing has a few pages at the most; a server that always names another one must not hold us. */
const MOST_PAGES = 50;

/** What a hub says of the files of its models, asked for once for each model and revision. */
export class HubListing {
  readonly #fetch: FetchLike;
  readonly #listings = new Map<string, Promise<ReadonlyMap<string, KnownFile>>>();

  constructor(fetch: FetchLike) {
    this.#fetch = fetch;
  }

  /** Size and SHA-256 of a file, or `undefined` where no hub lists it. */
  async lookUp(url: string): Promise<KnownFile | undefined> {
    const place = placeOf(url);
    return place && (await this.#ask(place.listing))?.get(place.file);
  }

  /**
   * Every file of a model by its path, or `undefined` where no hub lists them.
   *
   * @param address What the addresses of its files begin with.
   */
  async files(address: string): Promise<ReadonlyMap<string, KnownFile> | undefined> {
    const place = placeOf(address);
    return place && this.#ask(place.listing);
  }

  async #ask(address: string): Promise<ReadonlyMap<string, KnownFile> | undefined> {
    let listing = this.#listings.get(address);
    if (!listing) {
      listing = this.#read(address);
      this.#listings.set(address, listing);
      // A hub that could not be asked may be asked again.
      listing.catch(() => this.#listings.delete(address));
    }
    return listing.catch(() => undefined);
  }

  async #read(first: string): Promise<ReadonlyMap<string, KnownFile>> {
    const files = new Map<string, KnownFile>();
    let address: string | undefined = first;
    for (let page = 0; address && page < MOST_PAGES; page++) {
      const response: Response = await this.#fetch(address);
      if (!response.ok) throw new Error(`The listing answered with ${response.status}`);
      for (const [path, known] of readEntries(await response.json())) files.set(path, known);
      const next = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('Link') ?? '')?.[1];
      address = next && new URL(next, address).href;
    }
    return files;
  }
}

/** Which file an address names, and where the files beside it are listed. */
function placeOf(url: string): { listing: string; file: string } | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  const [, host, model, revision, file] = RESOLVE.exec(pathname) ?? [];
  if (host === undefined || file === undefined) return undefined;
  return { listing: `${origin}${host}api/models/${model}/tree/${revision}?recursive=true`, file: decodeURIComponent(file) };
}

/** Reads what a hub calls the tree of a model. A large file's `lfs.oid` is its SHA-256; a small one's `oid` is git's. */
function readEntries(body: unknown): [string, KnownFile][] {
  if (!Array.isArray(body)) return [];
  return (body as unknown[]).flatMap((entry): [string, KnownFile][] => {
    const { type, path, size, lfs } = (entry ?? {}) as { type?: unknown; path?: unknown; size?: unknown; lfs?: { oid?: unknown; size?: unknown } };
    if (type !== 'file' || typeof path !== 'string') return [];
    const bytes = lfs?.size ?? size;
    const oid = lfs?.oid;
    return [
      [
        path,
        {
          size: typeof bytes === 'number' && bytes >= 0 ? bytes : undefined,
          sha256: typeof oid === 'string' && /^[\da-f]{64}$/.test(oid) ? oid : undefined,
        },
      ],
    ];
  });
}
