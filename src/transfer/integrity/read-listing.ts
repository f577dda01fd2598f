import { fieldsOf } from '../../core/internal.js';
import type { KnownFile } from './known-file.js';

/** Files of a model by their paths. */
export type HubFiles = ReadonlyMap<string, KnownFile>;

/** The most pages of a listing, against a server whose every page has a link to another. The hub lists 1,000 files on a page. */
const MOST_PAGES = 50;

/** The most characters of a listing, enough for 20,000 files. A server that sends without end must not fill the memory. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** An entry of a page. */
interface ListedEntry {
  readonly path: string;
  /** `undefined` for a folder. */
  readonly known?: KnownFile;
}

/**
 * Reads the whole listing of a model from a hub, page by page.
 *
 * @param request Makes a request; receives only addresses of the first one's origin.
 * @throws if a response is not OK, or is not a listing as JSON, and if the listing is too long.
 */
export async function readListing(first: string, request: (address: string) => Promise<Response>): Promise<HubFiles> {
  const files = new Map<string, KnownFile>();
  const paths = new Set<string>();
  const { origin } = new URL(first);
  let room = MOST_CHARACTERS;
  let address: string | undefined = first;
  for (let page = 0; address !== undefined; page++) {
    if (page === MOST_PAGES) throw new Error(`Expected at most ${MOST_PAGES} pages of a listing, found more`);
    const response: Response = await request(address);
    if (!response.ok) throw new Error(`Expected a listing, received status ${response.status}`);
    const text = await readText(response, room);
    room -= text.length;
    const count = paths.size;
    for (const { path, known } of readEntries(JSON.parse(text))) {
      paths.add(path);
      if (known) files.set(path, known);
    }
    const next = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('Link') ?? '')?.[1];
    address = next && new URL(next, address).href;
    if (address !== undefined && new URL(address).origin !== origin)
      throw new Error('Expected the next page at the same origin, found another');
    // Such a listing may have no end.
    if (address !== undefined && paths.size === count) throw new Error('Expected new entries on each page of a listing, found none');
  }
  return files;
}

async function readText({ body }: Response, limit: number): Promise<string> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { value } = (await reader?.read()) ?? {};
    if (!value) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > limit) throw new Error(`Expected at most ${MOST_CHARACTERS} characters of a listing, found more`);
  }
}

/** Reads the entries of a page. A large file's `lfs.oid` is its SHA-256. Its `oid` is that of a pointer, so it is used only without `lfs`. */
function readEntries(body: unknown): readonly ListedEntry[] {
  if (!Array.isArray(body)) throw new Error('The listing must be an array');
  return (body as unknown[]).flatMap((entry): ListedEntry | [] => {
    const { type, path, size, oid, lfs } = fieldsOf(entry);
    if (typeof path !== 'string') return [];
    if (type !== 'file') return { path };
    const isLarge = lfs !== undefined && lfs !== null;
    const large = fieldsOf(lfs);
    return {
      path,
      known: {
        size: readSize(large.size ?? size),
        sha256: readHash(large.oid, 64),
        oid: isLarge ? undefined : readHash(oid, 40),
      },
    };
  });
}

function readSize(size: unknown): number | undefined {
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : undefined;
}

function readHash(hash: unknown, digits: number): string | undefined {
  return typeof hash === 'string' && hash.length === digits && /^[\da-f]+$/.test(hash) ? hash : undefined;
}
