import { DownloadFailure } from '../../core/index.js';
import { DEVICE_LIMIT, withLimit } from '../time-limit.js';
import { majorVersion, type TransformersModule } from './module.js';

/** The cache of versions 2 and 3, and of 4 unless it is told otherwise. */
const DEFAULT_CACHE = 'transformers-cache';

/** How long a cache may take to find an entry, in ms. It is longer since a disk that is being written to is slow. */
const MATCH_LIMIT = 10_000;

/** The settings of Transformers.js that decide where whole files are kept. */
interface CacheSettings {
  readonly cacheKey?: unknown;
  readonly useBrowserCache?: unknown;
  readonly useCustomCache?: unknown;
  readonly customCache?: unknown;
  readonly experimental_useCrossOriginStorage?: unknown;
}

/** What is used of a cache. Of one that the page made, only `match` and `put` need exist. */
interface CacheLike {
  match(url: string): Promise<unknown>;
  put(url: string, response: Response): Promise<void>;
  delete?(url: string): Promise<boolean>;
  keys?(): Promise<readonly Request[]>;
}

/** The cache in which Transformers.js keeps whole files. A cache that refuses or hangs counts as an empty one. */
export interface RuntimeCache {
  /** The entry that Transformers.js would read, or `undefined` where there is none. Never rejects. */
  match(url: string): Promise<Response | undefined>;
  /** @throws what the cache throws, such as a `QuotaExceededError`; an `InvalidStateError` where no cache can be opened. */
  put(url: string, response: Response): Promise<void>;
  /** Deletes an entry and resolves with whether there was one that could be deleted. Never rejects. */
  delete(url: string): Promise<boolean>;
  /** The addresses of all entries; `undefined` where the cache cannot list them. Never rejects. */
  keys(): Promise<readonly string[] | undefined>;
}

/**
 * The cache that a module uses, which each version picks in its own way: 2 takes the browser's
 * first, 3 and 4 one that the page made. `undefined` where the module keeps nothing in a cache that
 * can be read from here, as in Node.
 */
export function runtimeCacheOf(transformers: TransformersModule): RuntimeCache | undefined {
  const env = transformers.env as CacheSettings;
  const { useBrowserCache, experimental_useCrossOriginStorage: crossOrigin } = env;
  const custom = env.useCustomCache && isCache(env.customCache) ? env.customCache : undefined;
  // A module says nothing else where the platform has no Cache Storage. `has` is no proof: opening it may still fail.
  const usesBrowser = useBrowserCache === undefined ? 'caches' in globalThis : Boolean(useBrowserCache);
  const openBrowser = (): Promise<CacheLike | undefined> => openCache(typeof env.cacheKey === 'string' ? env.cacheKey : DEFAULT_CACHE);
  if (majorVersion(transformers) < 3) {
    if (usesBrowser) return cacheBehind(async () => (await openBrowser()) ?? custom);
    return custom && cacheBehind(() => Promise.resolve(custom));
  }
  if (custom) return cacheBehind(() => Promise.resolve(custom));
  if (crossOrigin && 'crossOriginStorage' in navigator) return undefined;
  return usesBrowser ? cacheBehind(openBrowser) : undefined;
}

/** A cache of the browser by its name, which is that of versions 2 and 3 by default. */
export function browserCache(name = DEFAULT_CACHE): RuntimeCache {
  return cacheBehind(() => openCache(name));
}

/** Whether the browser keeps what it is given: Cache Storage may be there and refuse. */
export async function canKeepFiles(): Promise<boolean> {
  return (await openCache('model-download-partial-v1')) !== undefined;
}

function cacheBehind(open: () => Promise<CacheLike | undefined>): RuntimeCache {
  const ask = async <T>(request: (cache: CacheLike) => Promise<T> | undefined): Promise<T | undefined> => {
    try {
      const cache = await open();
      return cache && (await withLimit(MATCH_LIMIT, async () => request(cache)));
    } catch {
      return undefined;
    }
  };
  return {
    async match(url) {
      const found = await ask((cache) => cache.match(url));
      return found instanceof Response ? found : undefined;
    },
    async put(url, response) {
      const cache = await open();
      if (!cache) throw new DOMException('The cache cannot be opened', 'InvalidStateError');
      await cache.put(url, response);
    },
    delete: async (url) => (await ask((cache) => cache.delete?.(url))) === true,
    keys: async () => (await ask((cache) => cache.keys?.()))?.map((request) => (typeof request === 'string' ? request : request.url)),
  };
}

function isCache(value: unknown): value is CacheLike {
  const { match, put } = Object(value) as Partial<Record<string, unknown>>;
  return typeof match === 'function' && typeof put === 'function';
}

/** Whether opening a cache has taken too long once: then nothing waits for the platform again. */
let isSilent = false;

/**
 * A cache of the browser; `undefined` where Cache Storage is missing, refuses or does not answer.
 * The transfer layer has a helper like this one, which is not loaded before the first download.
 */
async function openCache(name: string): Promise<Cache | undefined> {
  try {
    const storage = (globalThis as { caches?: CacheStorage }).caches;
    if (!storage || isSilent) return undefined;
    return await withLimit(DEVICE_LIMIT, () => storage.open(name));
  } catch (cause) {
    // Where the user has blocked storage, and in sandboxed frames, reading the port or opening throws.
    isSilent = cause instanceof DownloadFailure;
    return undefined;
  }
}
