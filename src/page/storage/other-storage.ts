// In: the caches of the site. Out: the bytes of other software. Reads headers and sizes only, and creates and deletes nothing.
import { contentLengthOf } from '../../core/internal.js';
import { withLimit } from '../../model/index.js';
import type { OtherStorage } from '../../protocol/index.js';

/** How long one kind of software may take, in ms. */
const LIMIT = 10_000;

/** The default cache of Transformers.js. */
const TRANSFORMERS_CACHE = 'transformers-cache';

/** The caches of WebLLM: `createScopedArtifactCache()` in its `lib/index.js`. Its IndexedDB backend has no sizes. */
const WEB_LLM_CACHES = ['webllm/model', 'webllm/wasm', 'webllm/config'] as const;

/** The folder of wllama in the origin private file system: `getCacheDir()` in its `esm/index.js`. */
const WLLAMA_FOLDER = 'cache';

/** The names of wllama's files: `urlToFileName()`, a SHA-1 and the last segment of the address, and their metadata. */
const WLLAMA_FILE = /^(?:__metadata__)?[\da-f]{40}_/;

type Size = Pick<OtherStorage, 'bytes' | 'isExact'>;

/**
 * Resolves with the storage of each other software that has files on this device.
 *
 * @param isOwn Whether an address in the cache of Transformers.js belongs to a model of the page.
 */
export async function readOtherStorage(isOwn: (address: string) => boolean): Promise<readonly OtherStorage[]> {
  const found = await Promise.all([
    sizeOf('Transformers.js', () => sizeOfCaches([TRANSFORMERS_CACHE], (url) => !isOwn(url))),
    sizeOf('WebLLM', () => sizeOfCaches(WEB_LLM_CACHES)),
    sizeOf('wllama', sizeOfWllama),
  ]);
  return found.flatMap((one) => one ?? []);
}

/** Measures the storage of one software; resolves with `undefined` if it has no files, or if they cannot be read. */
async function sizeOf(name: string, read: () => Promise<readonly Size[]>): Promise<OtherStorage | undefined> {
  try {
    const sizes = await withLimit(LIMIT, read);
    if (sizes.length === 0) return undefined;
    return { name, bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0), isExact: sizes.every(({ isExact }) => isExact) };
  } catch {
    return undefined;
  }
}

async function sizeOfCaches(names: readonly string[], isCounted: (url: string) => boolean = () => true): Promise<readonly Size[]> {
  const sizes = await Promise.all(names.map((name) => sizeOfCache(name, isCounted)));
  return sizes.flat();
}

async function sizeOfCache(name: string, isCounted: (url: string) => boolean): Promise<readonly Size[]> {
  // `open()` would create a missing cache.
  if (!(await caches.has(name))) return [];
  const cache = await caches.open(name);
  const requests = (await cache.keys()).filter(({ url }) => isCounted(url));
  return Promise.all(requests.map(async (request) => sizeIn(await cache.match(request))));
}

/** The size of an entry by its header: a body can have gigabytes. */
function sizeIn(response: Response | undefined): Size {
  const noted = contentLengthOf(response);
  // With a `Content-Encoding` the header contains the length of the compressed body.
  return { bytes: noted ?? 0, isExact: noted !== undefined && !response?.headers.has('Content-Encoding') };
}

async function sizeOfWllama(): Promise<readonly Size[]> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(WLLAMA_FOLDER);
  const sizes: Size[] = [];
  for await (const handle of folder.values()) {
    if (handle.kind !== 'file' || !WLLAMA_FILE.test(handle.name)) continue;
    const { size } = await handle.getFile();
    sizes.push({ bytes: size, isExact: true });
  }
  return sizes;
}
