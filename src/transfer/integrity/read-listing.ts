import type { KnownFile } from './known-file.js';

/** Files of a model by their paths. */
export type HubFiles = ReadonlyMap<string, KnownFile>;

/** The hub names 1,000 files on a page; a server that always names another page must not hold us. */
const MOST_PAGES = 50;

/** Characters of a listing: 20,000 files and more. A server that sends without end must not fill the memory. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/**
 * Reads what a hub calls the tree of a model, page by page. A part of it is not taken for the whole.
 *
 * @param request Makes a request; only addresses of the first one's origin are given to it.
 * @throws when the answer is none, no JSON or no listing, and when it is too long.
 */
export async function readListing(first: string, request: (address: string) => Promise<Response>): Promise<HubFiles> {
  const files = new Map<string, KnownFile>();
  const { origin } = new URL(first);
  let room = MOST_CHARACTERS;
  let address: string | undefined = first;
  for (let page = 0; address !== undefined; page++) {
    if (page === MOST_PAGES) throw new Error(`The listing has more than ${MOST_PAGES} pages`);
    const response: Response = await request(address);
    if (!response.ok) throw new Error(`The listing answered with ${response.status}`);
    const text = await readText(response, room);
    room -= text.length;
    for (const [path, known] of readEntries(JSON.parse(text))) files.set(path, known);
    const next = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('Link') ?? '')?.[1];
    address = next && new URL(next, address).href;
    if (address !== undefined && new URL(address).origin !== origin) throw new Error('The listing goes on at another origin');
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
    if (text.length > limit) throw new Error(`The listing has more than ${MOST_CHARACTERS} characters`);
  }
}

/** A large file's `lfs.oid` is its SHA-256; its `oid` is that of a pointer, and counts only where there is no `lfs`. */
function readEntries(body: unknown): [string, KnownFile][] {
  if (!Array.isArray(body)) throw new Error('The listing must be an array');
  return (body as unknown[]).flatMap((entry): [string, KnownFile][] => {
    const { type, path, size, oid, lfs } = fieldsOf(entry);
    if (type !== 'file' || typeof path !== 'string') return [];
    const isLarge = lfs !== undefined && lfs !== null;
    const large = fieldsOf(lfs);
    return [
      [
        path,
        {
          size: readSize(large.size ?? size),
          sha256: readHash(large.oid, 64),
          oid: isLarge ? undefined : readHash(oid, 40),
        },
      ],
    ];
  });
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function readSize(size: unknown): number | undefined {
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : undefined;
}

function readHash(hash: unknown, digits: number): string | undefined {
  return typeof hash === 'string' && hash.length === digits && /^[\da-f]+$/.test(hash) ? hash : undefined;
}
